package dev.larder.copy;

import static dev.larder.copy.Copying.copy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.chrono.JapaneseDate;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ImmutablesTest {

    static List<Object> immutableValues() throws Exception {
        return List.of(
                "text",
                true,
                (byte) 1,
                'c',
                (short) 2,
                3,
                4L,
                5f,
                6d,
                new BigDecimal("1.50"),
                BigInteger.TEN,
                UUID.randomUUID(),
                Locale.GERMANY,
                Currency.getInstance("EUR"),
                Pattern.compile("a+"),
                String.class,
                URI.create("urn:a"),
                URI.create("file:/tmp").toURL(),
                new File("a"),
                InetAddress.getByAddress(new byte[] {127, 0, 0, 1}),
                TimeUnit.DAYS,
                Duration.ofDays(1),
                Instant.EPOCH,
                LocalDate.EPOCH,
                LocalTime.NOON,
                LocalDateTime.MIN,
                OffsetDateTime.MIN,
                ZonedDateTime.of(LocalDateTime.MIN, ZoneOffset.UTC),
                ZoneId.of("Europe/Paris"),
                ZoneOffset.UTC,
                Period.ofDays(1),
                Year.of(2000),
                YearMonth.of(2000, 1),
                MonthDay.of(1, 1),
                JapaneseDate.of(2000, 1, 1),
                DateTimeFormatter.ISO_DATE,
                OptionalInt.of(1),
                Optional.of("a"),
                Optional.empty(),
                List.of(),
                List.of("a"),
                List.of(1, 2, 3),
                List.of(1, 2, 3).subList(0, 2),
                Set.of("a"),
                Set.of(1, 2, 3),
                Map.of(),
                Map.of("a", 1),
                Map.of("a", 1, "b", 2),
                List.of(List.of("a"), Map.of(1, Optional.of(2))),
                Collections.emptyList(),
                Collections.emptySet(),
                Collections.emptyMap(),
                Collections.singletonList("a"),
                Collections.singleton("a"),
                Collections.singletonMap("a", 1),
                Shape.ROUND,
                new Point(1, 2),
                new Line(new Point(1, 2), new Point(3, 4), Shape.ROUND),
                new Chain("a", new Chain("b", null)),
                new Price(BigDecimal.ONE, Currency.getInstance("EUR")),
                new Tagged<>("a", List.of("b")));
    }

    @ParameterizedTest
    @MethodSource("immutableValues")
    void immutableValueIsShared(Object value) {
        assertThat(copy(value)).isSameAs(value);
    }

    @Test
    void subclassOfBigDecimalIsNotTakenForImmutable() {
        MutableDecimal value = new MutableDecimal();

        MutableDecimal copy = copy(value);
        value.note = "changed";

        assertThat(copy.note).isEqualTo("original");
    }

    @Test
    void recordThatHoldsASubclassOfBigDecimalIsCopied() {
        Price value = new Price(new MutableDecimal(), Currency.getInstance("EUR"));

        assertThat(copy(value)).isEqualTo(value).isNotSameAs(value);
    }

    @Test
    void declaredTypeTellsWhetherEveryValueIsShared() {
        ValueCopier copier = ValueCopier.using(getClass().getClassLoader());

        assertThat(copier.forType(String.class).isIdentity()).isTrue();
        assertThat(copier.forType(Shape.class).isIdentity()).isTrue();
        assertThat(copier.forType(ZoneId.class).isIdentity()).isTrue();
        assertThat(copier.forType(Chain.class).isIdentity()).isTrue();
        assertThat(copier.forType(BigDecimal.class).isIdentity()).isFalse();
        assertThat(copier.forType(Price.class).isIdentity()).isFalse();
        assertThat(copier.forType(Object.class).isIdentity()).isFalse();
        assertThat(copier.forType(byte[].class).isIdentity()).isFalse();
    }

    enum Shape {
        ROUND {
            @Override
            int corners() {
                return 0;
            }
        };

        abstract int corners();
    }

    record Point(int x, int y) {}

    record Line(Point from, Point to, Shape shape) {}

    record Chain(String head, Chain tail) {}

    record Price(BigDecimal amount, Currency currency) {}

    record Tagged<T>(T value, List<T> tags) {}

    static final class MutableDecimal extends BigDecimal {
        private String note = "original";

        MutableDecimal() {
            super("1");
        }
    }
}
