package dev.larder.jcache.model;

import dev.larder.jcache.Loaded;
import dev.larder.jcache.LoaderWithMetadata;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A loader that decides on more than values: by the key, and by how often it was loaded before. */
record Decisions<V>(Outside<V> outside) implements LoaderWithMetadata<String, V> {

    private static final List<Duration> TTLS =
            Arrays.asList(null, Duration.ofMillis(50), Duration.ofSeconds(3), Duration.ZERO);

    /** Returns what is decided about a value that was loaded last for its key. */
    Loaded<V> about(String key, V value) {
        int count = outside.loads(key);
        Set<String> tags = count % 3 == 0 ? Set.of() : Set.of("t" + (count + key.charAt(1)) % 4);
        return new Loaded<>(value, TTLS.get(count % TTLS.size()), tags);
    }

    @Override
    public Loaded<V> loadWithMetadata(String key) {
        V value = outside.load(key);
        return value == null ? null : about(key, value);
    }

    @Override
    public Map<String, Loaded<V>> loadAllWithMetadata(Iterable<? extends String> keys) {
        Map<String, Loaded<V>> all = new HashMap<>();
        outside.loadAll(keys).forEach((key, value) -> all.put(key, value == null ? null : about(key, value)));
        return all;
    }
}
