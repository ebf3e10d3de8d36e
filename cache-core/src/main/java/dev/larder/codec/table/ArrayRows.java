package dev.larder.codec.table;

import java.nio.ByteBuffer;
import java.util.List;

/** Arrays of primitives, element by element in a fixed width. */
final class ArrayRows {

    private ArrayRows() {}

    static List<Row<?>> all() {
        return List.of(
                new Row<>(48, byte[].class, ByteSink::bytes, ByteSource::bytes),
                new Row<>(49, boolean[].class, ArrayRows::writeBooleans, ArrayRows::readBooleans),
                new Row<>(50, char[].class, ArrayRows::writeChars, ArrayRows::readChars),
                new Row<>(51, short[].class, ArrayRows::writeShorts, ArrayRows::readShorts),
                new Row<>(52, int[].class, ArrayRows::writeInts, ArrayRows::readInts),
                new Row<>(53, long[].class, ArrayRows::writeLongs, ArrayRows::readLongs),
                new Row<>(54, float[].class, ArrayRows::writeFloats, ArrayRows::readFloats),
                new Row<>(55, double[].class, ArrayRows::writeDoubles, ArrayRows::readDoubles));
    }

    private static void writeBooleans(ByteSink to, boolean[] values) {
        to.varint(values.length);
        for (boolean value : values) {
            to.octet(value ? 1 : 0);
        }
    }

    private static boolean[] readBooleans(ByteSource from) {
        boolean[] values = new boolean[from.length(1)];
        for (int i = 0; i < values.length; i++) {
            values[i] = from.octet() != 0;
        }
        return values;
    }

    private static void writeChars(ByteSink to, char[] values) {
        to.varint(values.length);
        for (char value : values) {
            to.fixed16(value);
        }
    }

    private static char[] readChars(ByteSource from) {
        char[] values = new char[from.length(Character.BYTES)];
        contentOf(from, values.length * Character.BYTES).asCharBuffer().get(values);
        return values;
    }

    private static void writeShorts(ByteSink to, short[] values) {
        to.varint(values.length);
        for (short value : values) {
            to.fixed16(value);
        }
    }

    private static short[] readShorts(ByteSource from) {
        short[] values = new short[from.length(Short.BYTES)];
        contentOf(from, values.length * Short.BYTES).asShortBuffer().get(values);
        return values;
    }

    private static void writeInts(ByteSink to, int[] values) {
        to.varint(values.length);
        for (int value : values) {
            to.fixed32(value);
        }
    }

    private static int[] readInts(ByteSource from) {
        int[] values = new int[from.length(Integer.BYTES)];
        contentOf(from, values.length * Integer.BYTES).asIntBuffer().get(values);
        return values;
    }

    private static void writeLongs(ByteSink to, long[] values) {
        to.varint(values.length);
        for (long value : values) {
            to.fixed64(value);
        }
    }

    private static long[] readLongs(ByteSource from) {
        long[] values = new long[from.length(Long.BYTES)];
        contentOf(from, values.length * Long.BYTES).asLongBuffer().get(values);
        return values;
    }

    private static void writeFloats(ByteSink to, float[] values) {
        to.varint(values.length);
        for (float value : values) {
            to.fixed32(Float.floatToIntBits(value));
        }
    }

    private static float[] readFloats(ByteSource from) {
        float[] values = new float[from.length(Float.BYTES)];
        contentOf(from, values.length * Float.BYTES).asFloatBuffer().get(values);
        return values;
    }

    private static void writeDoubles(ByteSink to, double[] values) {
        to.varint(values.length);
        for (double value : values) {
            to.fixed64(Double.doubleToLongBits(value));
        }
    }

    private static double[] readDoubles(ByteSource from) {
        double[] values = new double[from.length(Double.BYTES)];
        contentOf(from, values.length * Double.BYTES).asDoubleBuffer().get(values);
        return values;
    }

    private static ByteBuffer contentOf(ByteSource from, int length) {
        return ByteBuffer.wrap(from.raw(length));
    }
}
