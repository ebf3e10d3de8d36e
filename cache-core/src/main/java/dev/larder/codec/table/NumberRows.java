package dev.larder.codec.table;

import dev.larder.codec.UndecodableException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/** Truth values, characters and numbers. */
final class NumberRows {

    private NumberRows() {}

    static List<Row<?>> all() {
        return List.of(
                new Row<>(8, Boolean.class, (to, value) -> to.octet(value ? 1 : 0), NumberRows::readBoolean),
                new Row<>(9, Byte.class, (to, value) -> to.octet(value), from -> (byte) from.octet()),
                new Row<>(10, Character.class, (to, value) -> to.fixed16(value), from -> (char) from.fixed16()),
                new Row<>(11, Short.class, (to, value) -> to.fixed16(value), from -> (short) from.fixed16()),
                new Row<>(12, Integer.class, (to, value) -> to.signed(value), ByteSource::signedInt),
                new Row<>(13, Long.class, (to, value) -> to.signed(value), ByteSource::signed),
                new Row<>(
                        14,
                        Float.class,
                        (to, value) -> to.fixed32(Float.floatToIntBits(value)),
                        from -> Float.intBitsToFloat(from.fixed32())),
                new Row<>(
                        15,
                        Double.class,
                        (to, value) -> to.fixed64(Double.doubleToLongBits(value)),
                        from -> Double.longBitsToDouble(from.fixed64())),
                new Row<>(
                        16,
                        BigInteger.class,
                        (to, value) -> to.bytes(value.toByteArray()),
                        from -> new BigInteger(from.bytes())),
                new Row<>(17, BigDecimal.class, NumberRows::writeDecimal, NumberRows::readDecimal));
    }

    private static boolean readBoolean(ByteSource from) {
        int octet = from.octet();
        if (octet > 1) {
            throw new UndecodableException("a truth value that is neither");
        }
        return octet == 1;
    }

    private static void writeDecimal(ByteSink to, BigDecimal value) {
        to.signed(value.scale()).bytes(value.unscaledValue().toByteArray());
    }

    private static BigDecimal readDecimal(ByteSource from) {
        int scale = from.signedInt();
        return new BigDecimal(new BigInteger(from.bytes()), scale);
    }
}
