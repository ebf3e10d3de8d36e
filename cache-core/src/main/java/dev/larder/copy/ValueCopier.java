package dev.larder.copy;

import dev.larder.codec.KeyForm;
import java.io.ObjectInputFilter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Copies values of any class, by the cheapest way that is right for the class.
 *
 * <ol>
 *   <li>A {@link Copier} registered for the class, a superclass or an interface of it comes first.
 *   <li>Immutable values are shared: strings, boxes, numbers, enums, {@code java.time}, UUID, URI and the like, and
 *       records and {@code List.of} collections that contain nothing else.
 *   <li>Arrays, dates, bit sets, the JDK's usual collections and maps, and other records are copied piece by piece; a
 *       record through its canonical constructor, if its module is open to this one. Comparators are shared.
 *   <li>Objects of a <em>plain</em> Serializable class are copied field by field, to what serialisation would make of
 *       them: transient fields have the default of their type, and no constructor of the class runs. A class is plain
 *       if its package is open to this module, no field of it that serialisation writes is final, and neither it nor a
 *       superclass takes part in serialisation, by a {@code readObject} method for example.
 *   <li>Anything else is copied by Java serialisation, behind a filter that lets only those classes in that were
 *       written; and so is the whole value that contains it. The log says so once for each class, and why.
 * </ol>
 *
 * <p>An object that occurs twice in a value is one object in the copy, and a value may contain itself. Classes belong to
 * the given class loader: a class that it knows under the same name as another class replaces that other one in the
 * copy. The loader is held weakly.
 *
 * <p>A registered copier is handed single objects and copies all they contain. Inside a value that is serialised it is
 * not asked about objects that have a {@code writeReplace} method.
 *
 * <p>Values that cannot be copied end in a {@link CopyException}: those that are not Serializable, nested too deeply, or
 * refused by the filter. A value must not change while it is copied. Safe for use by many threads; sharing a value costs
 * a look-up by class and allocates nothing.
 */
public final class ValueCopier implements Copier<Object> {

    private final Strategies strategies;
    private final SerialCopy serialCopy;

    private ValueCopier(Builder builder) {
        HomeLoader home = new HomeLoader(builder.classLoader);
        this.strategies = new Strategies(home, builder.userCopies(), builder.keyForm, builder.filter == null);
        this.serialCopy = new SerialCopy(strategies, home, builder.filter);
    }

    /** Returns a copier without settings of its own whose copies belong to the given class loader. */
    public static ValueCopier using(ClassLoader classLoader) {
        return builder(classLoader).build();
    }

    /** Starts a copier whose copies belong to the given class loader. */
    public static Builder builder(ClassLoader classLoader) {
        return new Builder(classLoader);
    }

    @Override
    public Object copy(Object value) {
        Strategy strategy =
                strategies.ofWhole(Objects.requireNonNull(value, "value").getClass());
        return strategy == Strategy.SHARE ? value : copyWith(strategy, value);
    }

    /**
     * Returns the copier for values of one declared type: this one, or {@link Copier#identity()} if no value of that type
     * can ever need copying.
     */
    @SuppressWarnings("unchecked") // a copy is of the value's own class
    public <T> Copier<T> forType(Class<T> type) {
        return strategies.sharesEvery(type) ? Copier.identity() : (Copier<T>) this;
    }

    private Object copyWith(Strategy strategy, Object value) {
        try {
            return copyGraph(strategy, value);
        } catch (CopyException failure) {
            throw failure;
        } catch (StackOverflowError overflow) {
            throw CopyException.tooDeep(value, overflow);
        } catch (RuntimeException failure) {
            throw CopyException.failed(value, failure);
        }
    }

    private Object copyGraph(Strategy strategy, Object value) {
        Object copy = new GraphCopy(strategies, value).copyRoot(strategy);
        return copy == null ? serialCopy.copy(value) : copy;
    }

    /** Builds a {@link ValueCopier}. */
    public static final class Builder {

        private final ClassLoader classLoader;
        private final Map<Class<?>, UserCopy> copiers = new LinkedHashMap<>();
        private @Nullable ObjectInputFilter filter;
        private @Nullable KeyForm<?> keyForm;

        private Builder(ClassLoader classLoader) {
            this.classLoader = Objects.requireNonNull(classLoader, "classLoader");
        }

        /**
         * Copies instances of a class, and of what extends or implements it, with the given copier. A copier registered
         * for the exact class wins over one for a supertype; among supertypes the more specific, then the earlier one.
         */
        public <T> Builder copier(Class<T> type, Copier<T> copier) {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(copier, "copier");
            if (copiers.putIfAbsent(type, new UserCopy(type, copier)) != null) {
                throw new IllegalStateException("the copier for " + type.getName() + " was already set");
            }
            return this;
        }

        /**
         * Asks this filter, too, about every class and limit when a value is read back from its serialised form. Without
         * it the classes written may be read, within limits that only an outsized value meets (256 MiB, 10,000 levels).
         * For the filter to see them, plain classes are serialised like any others, which is slow.
         */
        public Builder filter(ObjectInputFilter filter) {
            this.filter = Objects.requireNonNull(filter, "filter");
            return this;
        }

        /** Copies keys of one more class part by part, and shares those whose parts are immutable; with null as if it had not been called. */
        public Builder keyForm(@Nullable KeyForm<?> form) {
            this.keyForm = form;
            return this;
        }

        /** Returns the copier. */
        public ValueCopier build() {
            return new ValueCopier(this);
        }

        /** The copiers with every class before its supertypes. */
        private List<UserCopy> userCopies() {
            List<UserCopy> ordered = new ArrayList<>();
            for (UserCopy copy : copiers.values()) {
                ordered.add(positionOf(copy, ordered), copy);
            }
            return ordered;
        }

        private static int positionOf(UserCopy copy, List<UserCopy> ordered) {
            int position = 0;
            while (position < ordered.size() && !ordered.get(position).applies(copy.type())) {
                position++;
            }
            return position;
        }
    }
}
