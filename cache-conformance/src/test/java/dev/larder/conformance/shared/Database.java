package dev.larder.conformance.shared;

import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import org.jspecify.annotations.Nullable;

/** What the caches of a fleet read from and write to. Each member has a {@link Client} of its own. */
final class Database {

    private final Map<String, Integer> rows = new ConcurrentHashMap<>();

    Map<String, Integer> rows() {
        return rows;
    }

    Client client(Consumer<String> point) {
        return new Client(point);
    }

    /** Loads and writes, and comes to a point before and after each statement. */
    final class Client implements CacheLoader<String, Integer>, CacheWriter<String, Integer> {

        private final Consumer<String> point;

        private Client(Consumer<String> point) {
            this.point = point;
        }

        @Override
        public @Nullable Integer load(String key) {
            point.accept("before select");
            Integer value = rows.get(key);
            point.accept("after select");
            return value;
        }

        @Override
        public Map<String, Integer> loadAll(Iterable<? extends String> keys) {
            Map<String, Integer> loaded = new ConcurrentHashMap<>();
            for (String key : keys) {
                Integer value = load(key);
                if (value != null) {
                    loaded.put(key, value);
                }
            }
            return loaded;
        }

        @Override
        public void write(Cache.Entry<? extends String, ? extends Integer> entry) {
            point.accept("before upsert");
            rows.put(entry.getKey(), entry.getValue());
            point.accept("after upsert");
        }

        @Override
        public void writeAll(Collection<Cache.Entry<? extends String, ? extends Integer>> entries) {
            Iterator<Cache.Entry<? extends String, ? extends Integer>> left = entries.iterator();
            while (left.hasNext()) {
                write(left.next());
                left.remove();
            }
        }

        @Override
        public void delete(Object key) {
            point.accept("before delete");
            rows.remove((String) key);
            point.accept("after delete");
        }

        @Override
        public void deleteAll(Collection<?> keys) {
            Iterator<?> left = keys.iterator();
            while (left.hasNext()) {
                delete(left.next());
                left.remove();
            }
        }
    }
}
