package dev.larder.patterns.session;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Values that are written as text behind a number. The numbers are in stored bytes, so none ever changes its meaning.
 *
 * @param tag the number
 * @param type the class of the values
 * @param text makes text of a value
 * @param parse makes the value again, and throws a {@link RuntimeException} if it cannot
 */
record PlainText<T>(int tag, Class<T> type, Function<T, String> text, Function<String, T> parse) {

    @SuppressWarnings("JavaUtilDate") // users keep such values
    private static final List<PlainText<?>> ALL = List.of(
            of(16, String.class, Function.identity()),
            of(17, Boolean.class, Boolean::valueOf),
            of(18, Character.class, text -> text.charAt(0)),
            of(19, Byte.class, Byte::valueOf),
            of(20, Short.class, Short::valueOf),
            of(21, Integer.class, Integer::valueOf),
            of(22, Long.class, Long::valueOf),
            of(23, Float.class, Float::valueOf),
            of(24, Double.class, Double::valueOf),
            of(25, BigInteger.class, BigInteger::new),
            of(26, BigDecimal.class, BigDecimal::new),
            of(27, UUID.class, UUID::fromString),
            of(28, URI.class, URI::create),
            new PlainText<>(29, Locale.class, Locale::toLanguageTag, Locale::forLanguageTag),
            new PlainText<>(
                    30, Date.class, date -> Long.toString(date.getTime()), text -> new Date(Long.parseLong(text))),
            of(32, Instant.class, Instant::parse),
            of(33, LocalDate.class, LocalDate::parse),
            of(34, LocalTime.class, LocalTime::parse),
            of(35, LocalDateTime.class, LocalDateTime::parse),
            of(36, OffsetDateTime.class, OffsetDateTime::parse),
            of(37, ZonedDateTime.class, ZonedDateTime::parse),
            of(38, Duration.class, Duration::parse),
            of(39, Period.class, Period::parse),
            of(40, Year.class, Year::parse),
            of(41, YearMonth.class, YearMonth::parse),
            new PlainText<>(42, ZoneOffset.class, ZoneOffset::getId, ZoneOffset::of),
            new PlainText<>(43, DayOfWeek.class, DayOfWeek::name, DayOfWeek::valueOf),
            new PlainText<>(44, Month.class, Month::name, Month::valueOf));

    /** Time zones are of hidden classes. */
    private static final PlainText<ZoneId> ZONE = new PlainText<>(45, ZoneId.class, ZoneId::getId, ZoneId::of);

    private static final Map<Class<?>, PlainText<?>> BY_CLASS = new HashMap<>();
    private static final Map<Integer, PlainText<?>> BY_TAG = new HashMap<>();

    static {
        ALL.forEach(row -> {
            BY_CLASS.put(row.type(), row);
            BY_TAG.put(row.tag(), row);
        });
        BY_TAG.put(ZONE.tag(), ZONE);
    }

    private static <T> PlainText<T> of(int tag, Class<T> type, Function<String, T> parse) {
        return new PlainText<>(tag, type, Object::toString, parse);
    }

    /** Returns how a value is written, or null if not so. */
    @SuppressWarnings("unchecked") // what is at a class writes that class
    static @Nullable PlainText<Object> of(Object value) {
        PlainText<?> row = BY_CLASS.get(value.getClass());
        return (PlainText<Object>) (row == null && value instanceof ZoneId ? ZONE : row);
    }

    /** Returns what a number stands for, or null. */
    static @Nullable PlainText<?> of(int tag) {
        return BY_TAG.get(tag);
    }
}
