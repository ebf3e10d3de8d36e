package dev.larder.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AllocationTest {

    private static final int CALLS = 10_000;
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final ValueCopier copier = ValueCopier.using(getClass().getClassLoader());

    static List<Object> sharedValues() {
        return List.of(
                "text", 1_000L, BigDecimal.TEN, UUID.randomUUID(), LocalDate.EPOCH, TimeUnit.DAYS, new Point(1, 2));
    }

    @ParameterizedTest
    @MethodSource("sharedValues")
    void sharingAValueAllocatesNothing(Object value) {
        // less than a byte a call: the counting itself costs a little
        assertThat(bytesOf(() -> copyOften(value), CALLS)).isLessThan(CALLS);
    }

    @Test
    void copyOfABeanAllocatesLittleMoreThanTheBean() {
        assertThat(bytesOfACopy(new Person())).isLessThan(250); // 120 of them are the bean and its list
    }

    @Test
    void copyOfABeanThatContainsItselfAllocatesLittleMoreThanTheBean() {
        Person person = new Person();
        person.partner = person;

        assertThat(bytesOfACopy(person)).isLessThan(250);
    }

    private long bytesOfACopy(Object bean) {
        return bytesOf(() -> copyBeans(bean), 250L * CALLS) / CALLS;
    }

    /** Returns the bytes of calls when they are compiled, which takes a while on a machine that has other work as well. */
    private static long bytesOf(Runnable calls, long tooMany) {
        calls.run();
        long end = System.nanoTime() + LONGEST.toNanos();
        long least = measured(calls);
        while (least >= tooMany && System.nanoTime() - end < 0) {
            least = Math.min(least, measured(calls));
        }
        return least;
    }

    private static long measured(Runnable calls) {
        long before = AllocatedBytes.ofThisThread();
        calls.run();
        return AllocatedBytes.ofThisThread() - before;
    }

    private void copyBeans(Object bean) {
        for (int i = 0; i < CALLS; i++) {
            if (copier.copy(bean) == bean) {
                throw new AssertionError("shared");
            }
        }
    }

    private void copyOften(Object value) {
        for (int i = 0; i < CALLS; i++) {
            if (copier.copy(value) != value) {
                throw new AssertionError("not shared");
            }
        }
    }

    record Point(int x, int y) {}

    /** As those that are measured in cache-benchmarks, and with a field more. */
    @SuppressWarnings("unused") // fields that are copied
    static final class Person implements Serializable {
        private long id = 1_000;
        private String name = "name";
        private String street = "street";
        private String city = "city";
        private int age = 200;
        private boolean active = true;
        private double score = 0.5;
        private BigDecimal balance = BigDecimal.TEN;
        private LocalDate since = LocalDate.EPOCH;
        private List<String> labels = new ArrayList<>(List.of("first", "second", "third"));
        private Person partner;
    }
}
