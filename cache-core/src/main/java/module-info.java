/**
 * The stores of Larder and the interface that they share. Knows nothing of {@code javax.cache}.
 */
module dev.larder.core {
    requires com.github.benmanes.caffeine;
    requires jdk.unsupported;
    requires static org.jspecify;
    requires static tools.jackson.dataformat.cbor;
    requires transitive tools.jackson.databind;

    exports dev.larder.codec;
    exports dev.larder.codec.frame;
    exports dev.larder.codec.jackson;
    exports dev.larder.codec.serial;
    exports dev.larder.codec.table;
    exports dev.larder.copy;
    exports dev.larder.store;
    exports dev.larder.store.guard;
    exports dev.larder.store.heap;
    exports dev.larder.time;

    provides dev.larder.store.StoreProvider with
            dev.larder.store.heap.HeapStoreProvider;
}
