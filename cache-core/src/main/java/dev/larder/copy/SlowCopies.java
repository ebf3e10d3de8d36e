package dev.larder.copy;

import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;

/** Tells, once for each class, that its objects are copied by serialisation, and why. */
final class SlowCopies {

    private static final System.Logger LOGGER = System.getLogger(ValueCopier.class.getName());

    static final Strategy STRATEGY = SlowCopies::copy;

    private static final ClassValue<AtomicBoolean> TOLD = new ClassValue<>() {
        @Override
        protected AtomicBoolean computeValue(Class<?> type) {
            return new AtomicBoolean();
        }
    };

    private SlowCopies() {}

    /** Asks for serialisation, and tells. */
    private static Object copy(Object value, GraphCopy graph) {
        tell(value.getClass());
        return graph.giveUp(value);
    }

    private static void tell(Class<?> type) {
        if (TOLD.get(type).compareAndSet(false, true)) {
            LOGGER.log(Level.INFO, () -> lineAbout(type));
        }
    }

    private static String lineAbout(Class<?> type) {
        return type.getTypeName() + " is copied by Java serialisation, which is slow: " + PlainClasses.objectionTo(type)
                + "; if that matters, register a Copier for it, or store by reference";
    }
}
