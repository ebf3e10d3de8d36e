package dev.larder.redis.internal.store;

import io.lettuce.core.SetArgs;
import java.util.ArrayList;
import java.util.List;

/** Puts that need no script, collected to be made together. For one thread. */
final class PlainPuts {

    private final List<byte[]> keys = new ArrayList<>();
    private final List<byte[]> values = new ArrayList<>();
    private final List<SetArgs> options = new ArrayList<>();

    void add(byte[] key, byte[] value, SetArgs option) {
        keys.add(key);
        values.add(value);
        options.add(option);
    }

    void make(Bulk bulk) {
        if (!keys.isEmpty()) {
            bulk.set(keys, values, options);
        }
    }
}
