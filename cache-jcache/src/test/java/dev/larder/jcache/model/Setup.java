package dev.larder.jcache.model;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One configuration of the many.
 *
 * @param keys how many keys the operations are about
 */
record Setup(
        TestedStore store,
        boolean byValue,
        ValueKind<?> values,
        Lifetimes lifetimes,
        double jitter,
        LoaderUse loader,
        WriterUse writer,
        Listening listening,
        boolean statistics,
        ProcessorUse processors,
        int keys) {

    /** What the cache does with a loader. */
    enum LoaderUse {
        NONE,
        READ_THROUGH,
        /** Reads through, and decides on TTLs and tags. */
        DECIDES,
        ONLY_LOAD_ALL
    }

    /** What the cache does with a writer. */
    enum WriterUse {
        NONE,
        WRITE_THROUGH,
        SWITCHED_OFF
    }

    /** Whether entry processors are used, after the first of which plain changes are made in another way. */
    enum ProcessorUse {
        NEVER,
        FIRST,
        AMONG_OTHERS
    }

    /** Chooses a configuration. */
    static Setup draw(List<TestedStore> stores, RandomGenerator random) {
        return new Setup(
                one(stores, random),
                random.nextBoolean(),
                one(ValueKind.ALL, random),
                one(random.nextBoolean() ? Lifetimes.STOCK : Lifetimes.HAND_WRITTEN, random),
                one(List.of(0.0, 0.5), random),
                one(List.of(LoaderUse.values()), random),
                one(List.of(WriterUse.values()), random),
                one(List.of(Listening.values()), random),
                random.nextBoolean(),
                one(List.of(ProcessorUse.values()), random),
                one(List.of(1, 2, 4, 8), random));
    }

    static <T> T one(List<T> all, RandomGenerator random) {
        return all.get(random.nextInt(all.size()));
    }

    /** Whether what is in the cache is nobody's but the cache's. */
    boolean copies() {
        return byValue || !store.keepsReferences();
    }

    boolean readsThrough() {
        return loader == LoaderUse.READ_THROUGH || decides();
    }

    boolean decides() {
        return loader == LoaderUse.DECIDES;
    }

    boolean writesThrough() {
        return writer == WriterUse.WRITE_THROUGH;
    }
}
