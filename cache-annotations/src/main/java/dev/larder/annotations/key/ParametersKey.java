package dev.larder.annotations.key;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import javax.cache.annotation.GeneratedCacheKey;
import org.jspecify.annotations.Nullable;

/**
 * The key of a call: the values of its key parameters, in order. Two are equal if all values are; arrays are by their elements.
 *
 * <p>A loader, a listener or an entry processor can read it with {@link #parameters()}, and whoever looks into the cache by himself makes one with
 * {@link #of}:
 *
 * <pre>{@code
 * cache.remove(ParametersKey.of("berlin", 2026)); // what find("berlin", 2026) left there
 * }</pre>
 *
 * <p>It can be serialised if its values can, and equal keys of strings, numbers and the like have equal bytes.
 */
public final class ParametersKey implements GeneratedCacheKey {

    @Serial
    private static final long serialVersionUID = 1;

    private transient @Nullable Object[] parameters;

    /** Zero until it is asked for; racy, but all compute the same. Never written: hashes of enums differ between JVMs. */
    private transient int hash;

    private ParametersKey(@Nullable Object[] parameters) {
        this.parameters = parameters;
    }

    /**
     * Returns the key of these values.
     *
     * @param parameters kept as it is; nobody may change it afterwards
     */
    public static ParametersKey of(@Nullable Object... parameters) {
        return new ParametersKey(Objects.requireNonNull(parameters, "parameters"));
    }

    /** Returns the values, which may be null; the list cannot be changed. */
    public List<@Nullable Object> parameters() {
        return Collections.unmodifiableList(Arrays.asList(parameters));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof ParametersKey that) || parameters.length != that.parameters.length) {
            return false;
        }
        for (int i = 0; i < parameters.length; i++) {
            if (!same(parameters[i], that.parameters[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(@Nullable Object one, @Nullable Object other) {
        if (one == null || other == null) {
            return one == other;
        }
        return one.equals(other) || (one.getClass().isArray() && Objects.deepEquals(one, other));
    }

    @Override
    public int hashCode() {
        int known = hash;
        if (known == 0) {
            known = Arrays.deepHashCode(parameters);
            hash = known;
        }
        return known;
    }

    @Override
    public String toString() {
        return Arrays.deepToString(parameters);
    }

    /** Writes the values one by one, none as a reference to another: the same object twice gives the same bytes as two that are equal. */
    @Serial
    private void writeObject(ObjectOutputStream out) throws IOException {
        out.defaultWriteObject();
        out.writeInt(parameters.length);
        for (Object parameter : parameters) {
            out.writeUnshared(parameter);
        }
    }

    @Serial
    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        int number = in.readInt();
        List<@Nullable Object> read = new ArrayList<>(); // not of that size: nobody vouches for the number
        for (int i = 0; i < number; i++) {
            read.add(in.readObject());
        }
        parameters = read.toArray();
    }
}
