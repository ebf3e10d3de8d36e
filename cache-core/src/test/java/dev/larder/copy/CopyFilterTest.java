package dev.larder.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ObjectInputFilter.FilterInfo;
import java.io.ObjectInputFilter.Status;
import org.junit.jupiter.api.Test;

class CopyFilterTest {

    @Test
    void usualValueIsLetThrough() {
        assertThat(new CopyFilter(null).checkInput(new Seen(String.class, 3, 2, 1, 100)))
                .isEqualTo(Status.UNDECIDED);
    }

    @Test
    void eachLimitRefusesWithItsReason() {
        assertRefused(new Seen(null, -1, 10_001, 1, 1), "more than 10000 levels");
        assertRefused(new Seen(null, -1, 1, 50_000_001, 1), "more than 50000000 objects");
        assertRefused(new Seen(byte[].class, 300_000_000, 1, 1, 1), "an array longer than 268435456");
        assertRefused(new Seen(null, -1, 1, 1, 300_000_000), "more than 268435456 bytes");
    }

    @Test
    void filterOfTheJvmIsAskedToo() {
        CopyFilter filter = new CopyFilter(null).and(info -> Status.REJECTED);

        assertThat(filter.checkInput(new Seen(String.class, -1, 1, 1, 1))).isEqualTo(Status.REJECTED);
        assertThat(filter.refusal()).isEqualTo("class java.lang.String");
    }

    private static void assertRefused(FilterInfo info, String reason) {
        CopyFilter filter = new CopyFilter(null);

        assertThat(filter.checkInput(info)).isEqualTo(Status.REJECTED);
        assertThat(filter.refusal()).isEqualTo(reason);
    }

    private record Seen(Class<?> serialClass, long arrayLength, long depth, long references, long streamBytes)
            implements FilterInfo {}
}
