package dev.larder.jcache.internal.config;

/**
 * A setting of a cache that a configuration file may have. All there are stand in {@link Settings}.
 *
 * @param name the key in the file
 * @param group what the code says in one go: if it says anything of a group, the file's settings of that group do not
 *     count. The name is the one in {@link dev.larder.jcache.CacheSettings.Builder#explicitSettings()}.
 * @param type the type of value
 * @param defaultValue what holds without it, for the documents
 * @param doc what it does, for the documents
 * @param effect what it does
 */
record Setting<T>(String name, String group, ValueType<T> type, String defaultValue, String doc, Effect<T> effect) {

    /** Lays a setting under what the code says. */
    @FunctionalInterface
    interface Effect<T> {
        void apply(Application<?, ?> to, Value<T> value);
    }

    /**
     * What a file says of a setting.
     *
     * @param value the value
     * @param node where it was said
     */
    record Value<T>(T value, Node.Scalar node) {}

    /** Whether only one of the two can hold, so that the nearer takes the place of the other. */
    boolean excludes(Setting<?> other) {
        return group.equals(Settings.EXPIRY) && other.group.equals(Settings.EXPIRY) && !equals(other);
    }

    Value<T> parse(Node node, ClassLoader classLoader) {
        return Shape.value(
                type.scalar(node), scalar -> new Value<>(type.parser().parse(scalar, classLoader), scalar));
    }
}
