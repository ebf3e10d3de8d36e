package dev.larder.codec.table;

import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A row of the table for values that contain no other values: a number, a class, and both ways.
 *
 * @param <T> the class
 * @param tag what stands before such a value; never given to another class
 * @param type the exact class; a subclass may hold more than we know of
 * @param writer writes the value
 * @param reader reads it
 */
record Row<T>(int tag, Class<T> type, BiConsumer<ByteSink, T> writer, Function<ByteSource, T> reader) {

    @SuppressWarnings("unchecked") // found by the value's class
    void write(ByteSink sink, Object value) {
        sink.octet(tag);
        writer.accept(sink, (T) value);
    }

    Object read(ByteSource source) {
        return reader.apply(source);
    }
}
