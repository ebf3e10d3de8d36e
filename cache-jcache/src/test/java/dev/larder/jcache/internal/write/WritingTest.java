package dev.larder.jcache.internal.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jcache.internal.write.Writing.BulkResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;
import org.junit.jupiter.api.Test;

class WritingTest {

    private final Picky writer = new Picky();
    private final Writing<String, Integer> writing =
            new Writing<>("users", writer, UnaryOperator.identity(), UnaryOperator.identity());

    /** Writes what it likes, takes it from the collection, and stops at the first key that it does not like. */
    private static final class Picky implements CacheWriter<Object, Object> {

        private final List<String> done = new ArrayList<>();
        private final Set<Object> disliked = new HashSet<>();
        private RuntimeException failure = new IllegalStateException("no");
        private boolean leavesItsCollection;

        @Override
        public void write(Cache.Entry<?, ?> entry) {
            check(entry.getKey());
            done.add(entry.getKey() + "=" + entry.getValue());
        }

        @Override
        public void writeAll(Collection<Cache.Entry<?, ?>> entries) {
            for (Cache.Entry<?, ?> entry : List.copyOf(entries)) {
                write(entry);
                if (!leavesItsCollection) {
                    entries.remove(entry);
                }
            }
        }

        @Override
        public void delete(Object key) {
            check(key);
            done.add("-" + key);
        }

        @Override
        public void deleteAll(Collection<?> keys) {
            for (Object key : List.copyOf(keys)) {
                delete(key);
                if (!leavesItsCollection) {
                    keys.remove(key);
                }
            }
        }

        private void check(Object key) {
            if (disliked.contains(key)) {
                throw failure;
            }
        }
    }

    private static Map<String, Integer> threeEntries() {
        Map<String, Integer> entries = new LinkedHashMap<>();
        entries.put("a", 1);
        entries.put("b", 2);
        entries.put("c", 3);
        return entries;
    }

    @Test
    void everythingIsDoneIfNothingFails() {
        BulkResult<String> written = writing.writeAll(threeEntries());
        BulkResult<String> deleted = writing.deleteAll(Set.of("a"));

        assertThat(written.done()).containsExactly("a", "b", "c");
        assertThat(deleted.done()).containsExactly("a");
        assertThat(writer.done).containsExactly("a=1", "b=2", "c=3", "-a");
        written.throwFailure();
    }

    @Test
    void everythingIsDoneIfTheWriterLeavesItsCollectionAlone() {
        writer.leavesItsCollection = true;

        assertThat(writing.writeAll(threeEntries()).done()).hasSize(3);
        assertThat(writing.deleteAll(threeEntries().keySet()).done()).hasSize(3);
    }

    @Test
    void onlyWhatAFailingWriterTookFromItsCollectionIsDone() {
        writer.disliked.add("b");

        BulkResult<String> written = writing.writeAll(threeEntries());
        BulkResult<String> deleted = writing.deleteAll(threeEntries().keySet());

        assertThat(written.done()).containsExactly("a");
        assertThat(deleted.done()).containsExactly("a");
        assertThatThrownBy(written::throwFailure)
                .isInstanceOf(CacheWriterException.class)
                .hasMessageContaining("cache \"users\"")
                .hasMessageContaining(Picky.class.getName())
                .hasMessageContaining("writeAll")
                .hasCause(writer.failure);
        assertThatThrownBy(deleted::throwFailure).hasMessageContaining("deleteAll");
    }

    @Test
    void nothingIsDoneIfAFailingWriterLeftItsCollectionAlone() {
        writer.leavesItsCollection = true;
        writer.disliked.add("c");

        assertThat(writing.writeAll(threeEntries()).done()).isEmpty();
        assertThat(writing.deleteAll(threeEntries().keySet()).done()).isEmpty();
    }

    @Test
    void failureSaysWhoDidWhat() {
        writer.disliked.add("k");

        assertThatThrownBy(() -> writing.write("k", 1))
                .isInstanceOf(CacheWriterException.class)
                .hasMessageContaining("users")
                .hasMessageContaining(Picky.class.getName() + " failed in write")
                .hasCause(writer.failure);
        assertThatThrownBy(() -> writing.delete("k")).hasMessageContaining("failed in delete");
    }

    @Test
    void exceptionThatIsRightAlreadyIsNotWrapped() {
        writer.failure = new CacheWriterException("mine");
        writer.disliked.add("a");

        assertThatThrownBy(() -> writing.write("a", 1)).isSameAs(writer.failure);
        assertThat(writing.writeAll(threeEntries()).failure()).isSameAs(writer.failure);
    }

    @Test
    void entryForAWriterUnwrapsToItselfOnly() {
        WrittenEntry<String, Integer> entry = new WrittenEntry<>("k", 1);

        assertThat(entry.unwrap(Cache.Entry.class)).isSameAs(entry);
        assertThatThrownBy(() -> entry.unwrap(String.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.String");
    }
}
