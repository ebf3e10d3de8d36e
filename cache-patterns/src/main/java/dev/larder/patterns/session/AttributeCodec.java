package dev.larder.patterns.session;

import java.io.ObjectInputFilter;
import org.jspecify.annotations.Nullable;

/**
 * Turns attributes into bytes and back. Safe for use by many threads.
 *
 * <p>What it reads may have been written by an older release of the application, or by whoever can write to the cache. So it must let the bytes
 * name no class but those that it was given.
 */
public interface AttributeCodec {

    /**
     * Returns an attribute as bytes.
     *
     * @throws IllegalArgumentException if this codec does not know values of that class; the message says what to do
     */
    byte[] encode(String name, Object value);

    /**
     * Returns the attribute that was written as these bytes.
     *
     * @throws UnreadableAttributeException if that cannot be done
     */
    Object decode(String name, byte[] bytes) throws UnreadableAttributeException;

    /**
     * Returns the codec for plain values, which is what a store has unless told otherwise: strings, boxes, {@code BigInteger} and {@code BigDecimal}, {@code java.time}, {@code Date}, {@code UUID},
     * {@code URI}, {@code Locale}, {@code byte[]}, and lists, sets and maps of all these. It needs no library.
     *
     * <p>Lists come back as {@code ArrayList}, sets as {@code LinkedHashSet} or {@code TreeSet}, maps as {@code LinkedHashMap} or {@code TreeMap}; they can be changed.
     */
    static AttributeCodec plain() {
        return new TableCodec(OtherValues.NONE);
    }

    /**
     * Returns the codec for plain values and for these classes, alone and in collections, which Jackson 3 writes as JSON behind their name.
     *
     * @throws NoClassDefFoundError if {@code tools.jackson.core:jackson-databind} is not there
     */
    static AttributeCodec jackson(Class<?>... allowed) {
        return new TableCodec(JacksonValues.of(allowed));
    }

    /**
     * Returns the codec for plain values, and for everything else Java serialisation. It reads these classes, their superclasses, and the usual ones of the JDK (collections, numbers, {@code java.time}), and no others;
     * allowed classes are trusted with any content.
     */
    static AttributeCodec javaSerialization(Class<?>... allowed) {
        return new TableCodec(SerialValues.allowing(allowed));
    }

    /**
     * Returns the same with a filter of your own. What it does not allow is not read: {@code UNDECIDED} is taken for a no. What would not be read is not written either.
     *
     * @param loader where classes are looked for; null is the context class loader of the thread
     */
    static AttributeCodec javaSerialization(ObjectInputFilter filter, @Nullable ClassLoader loader) {
        return new TableCodec(SerialValues.filtered(filter, loader));
    }
}
