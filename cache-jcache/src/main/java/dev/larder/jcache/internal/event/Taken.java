package dev.larder.jcache.internal.event;

import org.jspecify.annotations.Nullable;

/** What a step on a concurrent map brings out of it besides the mapping. For one thread. */
final class Taken<T> {
    @Nullable
    T value;
}
