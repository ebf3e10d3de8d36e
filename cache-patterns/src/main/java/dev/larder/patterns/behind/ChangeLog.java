package dev.larder.patterns.behind;

import java.util.List;

/** Remembers changes that are queued, beyond the end of the JVM or not at all. All but {@link #force} are called under the lock of the queue. */
interface ChangeLog<K, V> {

    /** Returns the changes that an earlier run left, in the order of their sequence. */
    List<Change<K, V>> recover();

    /** Notes a change in the place of any other of its key. */
    void append(Change<K, V> change);

    /** Returns when all changes up to this number are where they outlive the JVM. */
    void force(long sequence);

    /** Forgets a change that was dealt with, unless a later one has taken its place. */
    void settle(Change<K, V> change);

    void close();

    /** Returns one that remembers nothing. */
    static <K, V> ChangeLog<K, V> none() {
        return new ChangeLog<>() {
            @Override
            public List<Change<K, V>> recover() {
                return List.of();
            }

            @Override
            public void append(Change<K, V> change) {}

            @Override
            public void force(long sequence) {}

            @Override
            public void settle(Change<K, V> change) {}

            @Override
            public void close() {}
        };
    }
}
