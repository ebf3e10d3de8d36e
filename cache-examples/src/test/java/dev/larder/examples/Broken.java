package dev.larder.examples;

import dev.larder.jcache.CacheSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.cache.Cache;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;

/** Caches that break their promises, on which a check can show that it works. */
final class Broken {

    private Broken() {}

    /** A cache that keeps nothing, and loads airports as they once were: from a replica that lags behind, say. */
    static CacheSettings<String, Airport> laggingLoader(AirportTable table, List<Airport> once) {
        Map<String, Airport> snapshot = new HashMap<>();
        once.forEach(airport -> snapshot.put(airport.icao(), airport));
        return AirportCache.settings(table, 1_000, Duration.ZERO).toBuilder()
                .loader(new CacheLoader<>() {
                    @Override
                    public Airport load(String icao) {
                        return snapshot.get(icao);
                    }

                    @Override
                    public Map<String, Airport> loadAll(Iterable<? extends String> icaos) {
                        throw new UnsupportedOperationException();
                    }
                })
                .build();
    }

    /** A cache whose changes do not reach the table. */
    static CacheSettings<String, Airport> forgetfulWriter(AirportTable table) {
        return AirportCache.settings(table, 1_000, Duration.ofMinutes(10)).toBuilder()
                .writer(new CacheWriter<String, Airport>() {
                    @Override
                    public void write(Cache.Entry<? extends String, ? extends Airport> entry) {}

                    @Override
                    public void writeAll(Collection<Cache.Entry<? extends String, ? extends Airport>> entries) {
                        entries.clear();
                    }

                    @Override
                    public void delete(Object key) {}

                    @Override
                    public void deleteAll(Collection<?> keys) {
                        keys.clear();
                    }
                })
                .build();
    }
}
