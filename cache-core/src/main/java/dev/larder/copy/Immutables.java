package dev.larder.copy;

import java.io.File;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.chrono.HijrahChronology;
import java.time.chrono.HijrahDate;
import java.time.chrono.IsoChronology;
import java.time.chrono.JapaneseChronology;
import java.time.chrono.JapaneseDate;
import java.time.chrono.JapaneseEra;
import java.time.chrono.MinguoChronology;
import java.time.chrono.MinguoDate;
import java.time.chrono.ThaiBuddhistChronology;
import java.time.chrono.ThaiBuddhistDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ValueRange;
import java.time.temporal.WeekFields;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneOffsetTransitionRule;
import java.time.zone.ZoneRules;
import java.util.Collections;
import java.util.Currency;
import java.util.HashSet;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Recognises classes whose values never change, by what the classes are and not by what a value holds.
 *
 * <p>That is a list of JDK classes, enums, and records of which every component is <em>declared</em> as such a class and
 * can hold nothing else. A component declared as {@code List}, {@code Object} or {@code BigDecimal} (which is not final)
 * may hold something mutable, so such a record is looked at value by value; see {@link RecordCopy}.
 */
final class Immutables {

    private static final Set<Class<?>> BASIC = Set.of(
            String.class,
            Boolean.class,
            Byte.class,
            Character.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class);

    private Immutables() {}

    /** Tells whether every value of exactly this class is immutable. */
    static boolean isImmutable(Class<?> type) {
        return isImmutable(type, new HashSet<>());
    }

    /** Tells whether a variable of this type can hold nothing but immutable values. */
    static boolean holdsOnlyImmutables(Class<?> declared) {
        return holdsOnlyImmutables(declared, new HashSet<>());
    }

    /** {@code seen} holds the records being looked at: a record that contains its own kind is no worse for that. */
    private static boolean isImmutable(Class<?> type, Set<Class<?>> seen) {
        return BASIC.contains(type)
                || Others.KNOWN.contains(type)
                || isClosedFamily(type)
                || (type.isRecord() && isImmutableRecord(type, seen));
    }

    private static boolean holdsOnlyImmutables(Class<?> declared, Set<Class<?>> seen) {
        return declared.isPrimitive()
                || isClosedFamily(declared)
                || (Modifier.isFinal(declared.getModifiers()) && isImmutable(declared, seen));
    }

    /** Enums, whose constants may have classes of their own, and ZoneId, which is sealed. */
    private static boolean isClosedFamily(Class<?> type) {
        return Enum.class.isAssignableFrom(type) || ZoneId.class.isAssignableFrom(type);
    }

    private static boolean isImmutableRecord(Class<?> type, Set<Class<?>> seen) {
        if (!seen.add(type)) {
            return true;
        }
        for (RecordComponent component : type.getRecordComponents()) {
            if (!holdsOnlyImmutables(component.getType(), seen)) {
                return false;
            }
        }
        return true;
    }

    /** Loads all these classes, and so is looked into only when a class is none of the basic ones. */
    private static final class Others {

        private static final Set<Class<?>> KNOWN = Set.of(
                Class.class,
                StackTraceElement.class,
                BigDecimal.class,
                BigInteger.class,
                MathContext.class,
                UUID.class,
                Locale.class,
                Currency.class,
                Pattern.class,
                OptionalInt.class,
                OptionalLong.class,
                OptionalDouble.class,
                Collections.emptyList().getClass(),
                Collections.emptySet().getClass(),
                Collections.emptyMap().getClass(),
                File.class,
                URI.class,
                URL.class,
                Inet4Address.class,
                Inet6Address.class,
                InetSocketAddress.class,
                Duration.class,
                Instant.class,
                LocalDate.class,
                LocalDateTime.class,
                LocalTime.class,
                MonthDay.class,
                OffsetDateTime.class,
                OffsetTime.class,
                Period.class,
                Year.class,
                YearMonth.class,
                ZonedDateTime.class,
                HijrahChronology.class,
                HijrahDate.class,
                IsoChronology.class,
                JapaneseChronology.class,
                JapaneseDate.class,
                JapaneseEra.class,
                MinguoChronology.class,
                MinguoDate.class,
                ThaiBuddhistChronology.class,
                ThaiBuddhistDate.class,
                DateTimeFormatter.class,
                ValueRange.class,
                WeekFields.class,
                ZoneOffsetTransition.class,
                ZoneOffsetTransitionRule.class,
                ZoneRules.class);
    }
}
