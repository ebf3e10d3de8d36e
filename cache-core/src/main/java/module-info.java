/**
 * The stores of Larder and the interface that they share. Knows nothing of {@code javax.cache}.
 */
module dev.larder.core {
    requires com.github.benmanes.caffeine;
    requires static org.jspecify;

    exports dev.larder.copy;
    exports dev.larder.store;
    exports dev.larder.store.guard;
    exports dev.larder.store.heap;
    exports dev.larder.time;
}
