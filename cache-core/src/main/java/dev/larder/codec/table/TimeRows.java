package dev.larder.codec.table;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.List;

/** The values of {@code java.time}, and the date that was there before. */
@SuppressWarnings("JavaUtilDate") // users keep such values
final class TimeRows {

    private TimeRows() {}

    static List<Row<?>> all() {
        return List.of(
                new Row<>(32, Instant.class, TimeRows::writeInstant, TimeRows::readInstant),
                new Row<>(33, Duration.class, TimeRows::writeDuration, TimeRows::readDuration),
                new Row<>(34, LocalDate.class, TimeRows::writeDate, TimeRows::readDate),
                new Row<>(35, LocalTime.class, TimeRows::writeTime, TimeRows::readTime),
                new Row<>(36, LocalDateTime.class, TimeRows::writeDateTime, TimeRows::readDateTime),
                new Row<>(37, OffsetDateTime.class, TimeRows::writeOffsetDateTime, TimeRows::readOffsetDateTime),
                new Row<>(38, OffsetTime.class, TimeRows::writeOffsetTime, TimeRows::readOffsetTime),
                new Row<>(39, ZonedDateTime.class, TimeRows::writeZonedDateTime, TimeRows::readZonedDateTime),
                new Row<>(40, Period.class, TimeRows::writePeriod, TimeRows::readPeriod),
                new Row<>(
                        41, Year.class, (to, value) -> to.signed(value.getValue()), from -> Year.of(from.signedInt())),
                new Row<>(42, YearMonth.class, TimeRows::writeYearMonth, TimeRows::readYearMonth),
                new Row<>(43, MonthDay.class, TimeRows::writeMonthDay, TimeRows::readMonthDay),
                new Row<>(44, DayOfWeek.class, (to, value) -> to.octet(value.getValue()), TimeRows::readDayOfWeek),
                new Row<>(45, Month.class, (to, value) -> to.octet(value.getValue()), from -> Month.of(from.octet())),
                new Row<>(46, ZoneOffset.class, TimeRows::writeOffset, TimeRows::readOffset),
                new Row<>(47, Date.class, (to, value) -> to.signed(value.getTime()), from -> new Date(from.signed())));
    }

    /** The row for time zones of a region, whose class is hidden. */
    static Row<ZoneId> region() {
        return new Row<>(31, ZoneId.class, (to, value) -> to.text(value.getId()), from -> ZoneId.of(from.text()));
    }

    private static void writeInstant(ByteSink to, Instant value) {
        to.signed(value.getEpochSecond()).varint(value.getNano());
    }

    private static Instant readInstant(ByteSource from) {
        return Instant.ofEpochSecond(from.signed(), from.varint());
    }

    private static void writeDuration(ByteSink to, Duration value) {
        to.signed(value.getSeconds()).varint(value.getNano());
    }

    private static Duration readDuration(ByteSource from) {
        return Duration.ofSeconds(from.signed(), from.varint());
    }

    private static void writeDate(ByteSink to, LocalDate value) {
        to.signed(value.toEpochDay());
    }

    private static LocalDate readDate(ByteSource from) {
        return LocalDate.ofEpochDay(from.signed());
    }

    private static void writeTime(ByteSink to, LocalTime value) {
        to.varint(value.toNanoOfDay());
    }

    private static LocalTime readTime(ByteSource from) {
        return LocalTime.ofNanoOfDay(from.varint());
    }

    private static void writeDateTime(ByteSink to, LocalDateTime value) {
        writeDate(to, value.toLocalDate());
        writeTime(to, value.toLocalTime());
    }

    private static LocalDateTime readDateTime(ByteSource from) {
        return LocalDateTime.of(readDate(from), readTime(from));
    }

    private static void writeOffset(ByteSink to, ZoneOffset value) {
        to.signed(value.getTotalSeconds());
    }

    private static ZoneOffset readOffset(ByteSource from) {
        return ZoneOffset.ofTotalSeconds(from.signedInt());
    }

    private static void writeOffsetDateTime(ByteSink to, OffsetDateTime value) {
        writeDateTime(to, value.toLocalDateTime());
        writeOffset(to, value.getOffset());
    }

    private static OffsetDateTime readOffsetDateTime(ByteSource from) {
        return OffsetDateTime.of(readDateTime(from), readOffset(from));
    }

    private static void writeOffsetTime(ByteSink to, OffsetTime value) {
        writeTime(to, value.toLocalTime());
        writeOffset(to, value.getOffset());
    }

    private static OffsetTime readOffsetTime(ByteSource from) {
        return OffsetTime.of(readTime(from), readOffset(from));
    }

    private static void writeZonedDateTime(ByteSink to, ZonedDateTime value) {
        writeDateTime(to, value.toLocalDateTime());
        writeOffset(to, value.getOffset());
        to.text(value.getZone().getId());
    }

    /** With the offset as a hint, for the hour that a clock set back has twice. */
    private static ZonedDateTime readZonedDateTime(ByteSource from) {
        LocalDateTime local = readDateTime(from);
        ZoneOffset offset = readOffset(from);
        return ZonedDateTime.ofLocal(local, ZoneId.of(from.text()), offset);
    }

    private static void writePeriod(ByteSink to, Period value) {
        to.signed(value.getYears()).signed(value.getMonths()).signed(value.getDays());
    }

    private static Period readPeriod(ByteSource from) {
        return Period.of(from.signedInt(), from.signedInt(), from.signedInt());
    }

    private static void writeYearMonth(ByteSink to, YearMonth value) {
        to.signed(value.getYear()).octet(value.getMonthValue());
    }

    private static YearMonth readYearMonth(ByteSource from) {
        return YearMonth.of(from.signedInt(), from.octet());
    }

    private static void writeMonthDay(ByteSink to, MonthDay value) {
        to.octet(value.getMonthValue()).octet(value.getDayOfMonth());
    }

    private static MonthDay readMonthDay(ByteSource from) {
        return MonthDay.of(from.octet(), from.octet());
    }

    private static DayOfWeek readDayOfWeek(ByteSource from) {
        return DayOfWeek.of(from.octet());
    }
}
