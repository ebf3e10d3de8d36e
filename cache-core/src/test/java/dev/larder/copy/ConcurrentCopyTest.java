package dev.larder.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ConcurrentCopyTest {

    private static final int THREADS = 4;
    private static final int ROUNDS = 200;

    @Test
    void threadsThatCopyOneValueWithANewCopierDoNotDisturbEachOther() throws Exception {
        List<Object> value = List.of(
                new ArrayList<>(List.of("a")),
                Map.of("k", new int[] {1}),
                new Note(new StringBuilder("n")),
                new Tag(1));

        copyByManyThreads(value, copy -> assertIsCopy((List<?>) copy, value));
    }

    @Test
    void threadsThatCopyOneBeanWithANewCopierDoNotDisturbEachOther() throws Exception {
        Bean bean = new Bean("a", new Bean("b", null));

        copyByManyThreads(bean, copy -> assertIsCopy((Bean) copy, bean));
    }

    private static void copyByManyThreads(Object value, Consumer<Object> check) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                ValueCopier copier = ValueCopier.using(ConcurrentCopyTest.class.getClassLoader());
                CyclicBarrier start = new CyclicBarrier(THREADS);
                Callable<Object> task = () -> {
                    start.await(60, TimeUnit.SECONDS);
                    return copier.copy(value);
                };
                for (Future<Object> copy : executor.invokeAll(List.of(task, task, task, task))) {
                    check.accept(copy.get());
                }
            }
        } finally {
            executor.shutdownNow();
        }
    }

    private static void assertIsCopy(List<?> copy, List<Object> original) {
        assertThat(copy.get(0)).isEqualTo(List.of("a")).isNotSameAs(original.get(0));
        assertThat(((Map<?, ?>) copy.get(1)).get("k")).isEqualTo(new int[] {1});
        assertThat(((Note) copy.get(2)).text.toString()).isEqualTo("n");
        assertThat(copy.get(3)).isEqualTo(new Tag(1));
    }

    private static void assertIsCopy(Bean copy, Bean original) {
        assertThat(copy).isNotSameAs(original);
        assertThat(copy.names).isEqualTo(original.names).isNotSameAs(original.names);
        assertThat(copy.next.names).isEqualTo(original.next.names);
    }

    record Tag(int number) implements Serializable {}

    static final class Note implements Serializable {
        private final StringBuilder text;

        Note(StringBuilder text) {
            this.text = text;
        }
    }

    static final class Bean implements Serializable {
        private List<String> names;
        private Bean next;

        Bean(String name, Bean next) {
            this.names = new ArrayList<>(List.of(name));
            this.next = next;
        }
    }
}
