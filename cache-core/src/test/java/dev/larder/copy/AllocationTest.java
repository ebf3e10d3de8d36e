package dev.larder.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AllocationTest {

    private static final int CALLS = 10_000;

    private final ValueCopier copier = ValueCopier.using(getClass().getClassLoader());

    static List<Object> sharedValues() {
        return List.of(
                "text", 1_000L, BigDecimal.TEN, UUID.randomUUID(), LocalDate.EPOCH, TimeUnit.DAYS, new Point(1, 2));
    }

    @ParameterizedTest
    @MethodSource("sharedValues")
    void sharingAValueAllocatesNothing(Object value) {
        copyOften(value);

        long before = AllocatedBytes.ofThisThread();
        copyOften(value);
        long allocated = AllocatedBytes.ofThisThread() - before;

        assertThat(allocated).isLessThan(CALLS); // less than a byte a call: the counting itself costs a little
    }

    private void copyOften(Object value) {
        for (int i = 0; i < CALLS; i++) {
            if (copier.copy(value) != value) {
                throw new AssertionError("not shared");
            }
        }
    }

    record Point(int x, int y) {}
}
