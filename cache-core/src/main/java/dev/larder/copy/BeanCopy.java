package dev.larder.copy;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Copies objects of plain Serializable classes (see {@link PlainClasses}) to what serialisation would make of them: makes
 * an empty one, then sets each field to what the original has there, or to a copy of it. Transient fields keep the
 * default of their type.
 */
final class BeanCopy implements Strategy {

    private static final MethodType GETTER = MethodType.methodType(Object.class, Object.class);
    private static final MethodType SETTER = MethodType.methodType(void.class, Object.class, Object.class);

    /** Among the handles of a class, those for fields of which every value is shared: they take a copy and its original. */
    private static final int MOVES = 0;

    /** Of other fields, in the order of the setters. */
    private static final int GETTERS = 1;

    private static final int SETTERS = 2;

    private final Strategies strategies;

    /** Made of JDK types only; see {@link Strategies}. Not static, because what is shared depends on the user's copiers. */
    private final ClassValue<MethodHandle[][]> handles = new ClassValue<>() {
        @Override
        protected MethodHandle[][] computeValue(Class<?> type) {
            return handlesOf(type);
        }
    };

    BeanCopy(Strategies strategies) {
        this.strategies = strategies;
    }

    @Override
    public Object copy(Object original, GraphCopy graph) {
        Object copy = SerialConstructors.makeLike(original);
        graph.beginBean(original, copy);
        fill(copy, original, handles.get(original.getClass()), graph);
        return copy;
    }

    private static void fill(Object copy, Object original, MethodHandle[][] handles, GraphCopy graph) {
        try {
            for (MethodHandle move : handles[MOVES]) {
                move.invokeExact(copy, original);
            }
            MethodHandle[] getters = handles[GETTERS];
            MethodHandle[] setters = handles[SETTERS];
            for (int i = 0; i < getters.length; i++) {
                Object part = (Object) getters[i].invokeExact(original);
                setters[i].invokeExact(copy, graph.copy(part));
            }
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable impossible) {
            throw new AssertionError("a field could not be copied", impossible);
        }
    }

    private MethodHandle[][] handlesOf(Class<?> type) {
        try {
            return handlesFor(SerialFields.of(type));
        } catch (IllegalAccessException impossible) {
            throw new LinkageError("not a plain class: " + type, impossible);
        }
    }

    private MethodHandle[][] handlesFor(List<Field> fields) throws IllegalAccessException {
        List<MethodHandle> moves = new ArrayList<>();
        List<MethodHandle> getters = new ArrayList<>();
        List<MethodHandle> setters = new ArrayList<>();
        for (Field field : fields) {
            field.setAccessible(true);
            MethodHandle getter = MethodHandles.lookup().unreflectGetter(field);
            MethodHandle setter = MethodHandles.lookup().unreflectSetter(field);
            if (strategies.sharesEvery(field.getType())) {
                moves.add(MethodHandles.filterArguments(setter, 1, getter).asType(SETTER));
            } else {
                getters.add(getter.asType(GETTER));
                setters.add(setter.asType(SETTER));
            }
        }
        return Stream.of(moves, getters, setters)
                .map(handles -> handles.toArray(MethodHandle[]::new))
                .toArray(MethodHandle[][]::new);
    }
}
