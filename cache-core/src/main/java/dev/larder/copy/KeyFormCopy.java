package dev.larder.copy;

import dev.larder.codec.KeyForm;
import org.jspecify.annotations.Nullable;

/** Copies keys that are their parts: a new one is made if a part needed copying, otherwise the key is shared. */
final class KeyFormCopy implements Strategy {

    private final KeyForm<Object> form;

    @SuppressWarnings("unchecked") // only asked about keys of its class
    KeyFormCopy(KeyForm<?> form) {
        this.form = (KeyForm<Object>) form;
    }

    boolean applies(Class<?> type) {
        return form.type() == (Object) type;
    }

    @Override
    public Object copy(Object key, GraphCopy graph) {
        @Nullable Object[] parts = form.partsOf(key);
        return graph.copyAll(parts) ? form.of(parts) : key;
    }
}
