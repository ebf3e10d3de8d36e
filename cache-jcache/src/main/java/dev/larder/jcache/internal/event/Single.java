package dev.larder.jcache.internal.event;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** One object, for those who ask for several. Made so that a compiler can do without it. */
record Single<T>(T object) implements Iterable<T> {

    @Override
    public Iterator<T> iterator() {
        return new Once<>(object);
    }

    private static final class Once<T> implements Iterator<T> {

        private @Nullable T next;

        Once(T object) {
            next = object;
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public T next() {
            T current = next;
            if (current == null) {
                throw new NoSuchElementException();
            }
            next = null;
            return current;
        }
    }
}
