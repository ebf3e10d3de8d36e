package dev.larder.jcache.model;

import dev.larder.store.StoreFactory;
import dev.larder.store.StoreTraits.ExpiryNews;
import dev.larder.store.heap.HeapStore;
import java.util.List;

/**
 * A store to be tested, and what is to be expected of it.
 *
 * @param keepsReferences whether it can hand out the objects put into it
 * @param expiryNews what it tells of an entry whose deadline has come
 */
record TestedStore(String name, StoreFactory factory, boolean keepsReferences, ExpiryNews expiryNews) {

    /** Stores that differ in how the engine goes about them; the bound of the second is never reached. */
    static final List<TestedStore> ALL = List.of(
            new TestedStore("heap", HeapStore.unbounded(), true, ExpiryNews.VALUE),
            new TestedStore("bounded heap", HeapStore.ofMaximumSize(1_000), true, ExpiryNews.VALUE),
            new TestedStore("shared", SeeminglyShared.opening(true), true, ExpiryNews.VALUE),
            new TestedStore("durable", SeeminglyShared.opening(false), true, ExpiryNews.VALUE));

    @Override
    public String toString() {
        return name;
    }
}
