package dev.larder.patterns.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import org.junit.jupiter.api.Test;

class LoadersTest {

    private final Map<String, Integer> numbers = Map.of("one", 1, "two", 2, "three", 3);
    private final List<Object> calls = new ArrayList<>();

    @Test
    void functionIsAskedForEachKey() {
        CacheLoader<String, Integer> loader = Loaders.of(this::number);

        assertThat(loader.load("one")).isEqualTo(1);
        assertThat(loader.load("none")).isNull();
        assertThat(loader.loadAll(List.of("two", "none", "three"))).isEqualTo(Map.of("two", 2, "three", 3));
        assertThat(calls).containsExactly("one", "none", "two", "none", "three");
    }

    private Integer number(String name) {
        calls.add(name);
        return numbers.get(name);
    }

    @Test
    void bulkFunctionIsAskedOnceForAllKeys() {
        CacheLoader<String, Integer> loader = Loaders.bulk(this::allNumbers);

        assertThat(loader.loadAll(List.of("two", "none", "three", "two"))).isEqualTo(Map.of("two", 2, "three", 3));
        assertThat(loader.load("one")).isEqualTo(1);
        assertThat(loader.load("none")).isNull();
        assertThat(calls).containsExactly(Set.of("two", "none", "three"), Set.of("one"), Set.of("none"));
    }

    private Map<String, Integer> allNumbers(Set<String> names) {
        calls.add(names);
        return Loaders.<String, Integer>of(numbers::get).loadAll(names);
    }

    @Test
    void nothingIsAskedForNoKeys() {
        CacheLoader<String, Integer> loader = Loaders.bulk(this::allNumbers);

        assertThat(loader.loadAll(List.of())).isEmpty();
        assertThat(calls).isEmpty();
    }

    /** As Spring Data has it. */
    private interface Repository {

        Optional<User> findById(Long id);

        Iterable<User> findAllById(Iterable<Long> ids);
    }

    private record User(Long id, String name) {}

    @Test
    void repositoryIsALoader() {
        User ada = new User(1L, "Ada");
        Repository users = new Repository() {
            @Override
            public Optional<User> findById(Long id) {
                return id == 1 ? Optional.of(ada) : Optional.empty();
            }

            @Override
            public Iterable<User> findAllById(Iterable<Long> ids) {
                return List.of(ada);
            }
        };

        CacheLoader<Long, User> loader = Loaders.repository(users::findById, users::findAllById, User::id);

        assertThat(loader.load(1L)).isEqualTo(ada);
        assertThat(loader.load(2L)).isNull();
        assertThat(loader.loadAll(Set.of(1L, 2L))).isEqualTo(Map.of(1L, ada));
    }

    @Test
    void failureTellsTheNumberOfKeysAndNoKey() {
        IOException down = new IOException("down");
        CacheLoader<String, Integer> loader = Loaders.bulk(names -> {
            throw down;
        });

        assertThatThrownBy(() -> loader.loadAll(List.of("secret", "other")))
                .isInstanceOf(CacheLoaderException.class)
                .hasMessage("2 keys could not be loaded")
                .hasCause(down);
        assertThatThrownBy(() -> loader.load("secret")).hasMessage("1 key could not be loaded");
    }

    @Test
    void failureThatIsOneOfALoaderStaysAsItIs() {
        CacheLoaderException failure = new CacheLoaderException("mine");
        CacheLoader<String, Integer> loader = Loaders.of(name -> {
            throw failure;
        });

        assertThatThrownBy(() -> loader.load("one")).isSameAs(failure);
        assertThatThrownBy(() -> loader.loadAll(List.of("one"))).isSameAs(failure);
    }

    @Test
    void interruptStaysVisible() {
        CacheLoader<String, Integer> loader = Loaders.of(name -> {
            throw new InterruptedException();
        });

        assertThatThrownBy(() -> loader.load("one")).isInstanceOf(CacheLoaderException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void nullInsteadOfAMapIsAFailureThatSaysWhatToDo() {
        CacheLoader<String, Integer> loader = Loaders.bulk(names -> null);

        assertThatThrownBy(() -> loader.loadAll(List.of("one")))
                .isInstanceOf(CacheLoaderException.class)
                .hasMessageContaining("return an empty answer instead");
    }
}
