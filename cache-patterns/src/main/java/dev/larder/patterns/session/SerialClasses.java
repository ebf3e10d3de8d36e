package dev.larder.patterns.session;

import java.io.ObjectInputFilter;
import java.io.ObjectInputFilter.FilterInfo;
import java.io.ObjectInputFilter.Status;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which classes are read by Java serialisation, and where they are. */
interface SerialClasses {

    /** Whether what the stream is about to make may be made. */
    boolean allows(FilterInfo info);

    /**
     * Returns the class of a name in the form that serialisation uses, and initialises none.
     *
     * @throws ClassNotFoundException if there is none
     */
    Class<?> find(String name) throws ClassNotFoundException, NotAllowedException;

    /** Whether a class may be written. */
    default boolean allows(Class<?> type) {
        return allows(new Written(type));
    }

    /** Returns these classes, with their superclasses, and those of {@link JdkClasses}. No name is looked for elsewhere. */
    static SerialClasses allowing(Class<?>... allowed) {
        return new Listed(allowed);
    }

    /** Returns those that a filter allows. They are looked for before the filter sees them. */
    static SerialClasses filtered(ObjectInputFilter filter, @Nullable ClassLoader loader) {
        return new Filtered(filter, loader);
    }

    /** What a filter is told of a class that is written. */
    record Written(Class<?> serialClass) implements FilterInfo {

        @Override
        public long arrayLength() {
            return -1;
        }

        @Override
        public long depth() {
            return 1;
        }

        @Override
        public long references() {
            return 1;
        }

        @Override
        public long streamBytes() {
            return 0;
        }
    }

    /** Classes of a list. */
    final class Listed implements SerialClasses {

        private final Map<String, Class<?>> users = new HashMap<>();
        private final Set<String> names = new HashSet<>(JdkClasses.NAMES);

        private Listed(Class<?>... allowed) {
            for (Class<?> each : allowed) {
                for (Class<?> type = each; type != null; type = type.getSuperclass()) {
                    users.put(type.getName(), type);
                }
            }
            names.addAll(users.keySet());
        }

        /** Names in the bytes have come by {@link #find}; what else is made here is what allowed classes of the JDK put in their own place. */
        @Override
        public boolean allows(FilterInfo info) {
            Class<?> type = info.serialClass();
            return type == null || allows(type) || element(type).getClassLoader() == null;
        }

        @Override
        public boolean allows(Class<?> type) {
            Class<?> element = element(type);
            return element.isPrimitive() || names.contains(element.getName());
        }

        private static Class<?> element(Class<?> type) {
            Class<?> element = type;
            while (element.isArray()) {
                element = element.getComponentType();
            }
            return element;
        }

        @Override
        public Class<?> find(String name) throws ClassNotFoundException, NotAllowedException {
            int dimensions = name.lastIndexOf('[') + 1;
            String element = dimensions == 0 ? name : elementOf(name.substring(dimensions));
            Class<?> users = this.users.get(element);
            if (users == null && !element.isEmpty() && !names.contains(element)) {
                throw new NotAllowedException("a class that is not allowed");
            }
            if (users == null) {
                return Class.forName(name, false, null);
            }
            Class<?> type = users;
            for (int i = 0; i < dimensions; i++) {
                type = type.arrayType();
            }
            return type;
        }

        /** Returns the class in the descriptor of an array's elements; nothing for primitives. */
        private static String elementOf(String descriptor) {
            boolean isReference = descriptor.startsWith("L") && descriptor.endsWith(";");
            return isReference ? descriptor.substring(1, descriptor.length() - 1) : "";
        }
    }

    /** Classes that a filter of the user allows. */
    record Filtered(ObjectInputFilter filter, @Nullable ClassLoader loader) implements SerialClasses {

        @Override
        public boolean allows(FilterInfo info) {
            Status status = filter.checkInput(info);
            boolean isOfNoClass =
                    info.serialClass() == null; // a check of counts, on which a filter of classes has no opinion
            return status == Status.ALLOWED || (isOfNoClass && status == Status.UNDECIDED);
        }

        @Override
        public Class<?> find(String name) throws ClassNotFoundException {
            ClassLoader from = loader == null ? Thread.currentThread().getContextClassLoader() : loader;
            return Class.forName(name, false, from);
        }
    }
}
