package dev.larder.conformance.redis;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import javax.cache.Cache;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;
import org.jspecify.annotations.Nullable;

/** A table of texts in PostgreSQL, which a cache loads from and writes to. Each write is a transaction of its own. */
class Items implements CacheLoader<String, String>, CacheWriter<String, String> {

    static final String TABLE = "create table item (id text primary key, value text)";

    private final String url;

    Items(String url) {
        this.url = url;
    }

    @Override
    public @Nullable String load(String key) {
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement select = connection.prepareStatement("select value from item where id = ?")) {
            select.setString(1, key);
            try (ResultSet found = select.executeQuery()) {
                return found.next() ? found.getString(1) : null;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Map<String, String> loadAll(Iterable<? extends String> keys) {
        Map<String, String> loaded = new HashMap<>();
        for (String key : keys) {
            String value = load(key);
            if (value != null) {
                loaded.put(key, value);
            }
        }
        return loaded;
    }

    @Override
    public void write(Cache.Entry<? extends String, ? extends String> entry) {
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement upsert = connection.prepareStatement(
                        "insert into item values (?, ?) on conflict (id) do update set value = excluded.value")) {
            upsert.setString(1, entry.getKey());
            upsert.setString(2, entry.getValue());
            upsert.executeUpdate();
        } catch (SQLException e) {
            throw new CacheWriterException(e);
        }
    }

    @Override
    public void writeAll(Collection<Cache.Entry<? extends String, ? extends String>> entries) {
        throw new UnsupportedOperationException("one by one");
    }

    @Override
    public void delete(Object key) {
        throw new UnsupportedOperationException("nothing is deleted");
    }

    @Override
    public void deleteAll(Collection<?> keys) {
        throw new UnsupportedOperationException("nothing is deleted");
    }
}
