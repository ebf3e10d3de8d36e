package dev.larder.examples.annotations;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheResult;

/** Thinks long about each forecast, and says how often it did. */
@CacheDefaults(cacheName = "forecasts")
public class ForecastService implements Forecasts {

    private final Map<String, Integer> degrees = new ConcurrentHashMap<>();
    private int computed;

    @Override
    @CacheResult
    public String of(String city) {
        computed++;
        return degrees.getOrDefault(city, 15) + " degrees (computed: " + computed + ")";
    }

    @Override
    @CacheRemove
    public void measure(@CacheKey String city, int newDegrees) {
        degrees.put(city, newDegrees);
    }
}
