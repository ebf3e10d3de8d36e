package dev.larder.annotations.key;

import dev.larder.codec.KeyForm;
import org.jspecify.annotations.Nullable;

/** Tells Larder what a {@link ParametersKey} is made of, so that stores of bytes can hold it. Larder finds it by its name; nobody else has a use for it. */
public final class ParametersKeyForm implements KeyForm<ParametersKey> {

    /** Creates the form. */
    public ParametersKeyForm() {}

    @Override
    public Class<ParametersKey> type() {
        return ParametersKey.class;
    }

    @Override
    public @Nullable Object[] partsOf(ParametersKey key) {
        return key.parameters().toArray();
    }

    @Override
    public ParametersKey of(@Nullable Object[] parts) {
        return ParametersKey.of(parts);
    }
}
