package dev.larder.jcache.internal.facade;

import dev.larder.codec.KeyForm;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/** Finds the form of the keys that annotated methods have, if the module with the annotations is there. */
final class KeyForms {

    /**
     * Named here and not a service: a module that provides one is not resolved where the service's own module is absent, and the annotations are for caches of any provider.
     */
    private static final String OF_ANNOTATIONS = "dev.larder.annotations.key.ParametersKeyForm";

    private KeyForms() {}

    /**
     * Returns the form, or null if there is none, or if keys of that type cannot have it.
     *
     * @param application looked at before Larder's own class loader
     */
    static @Nullable KeyForm<?> of(Class<?> keyType, ClassLoader application) {
        KeyForm<?> form = isOfTheJdkAlone(keyType) ? null : find(application);
        return form != null && keyType.isAssignableFrom(form.type()) ? form : null;
    }

    /** Spares most caches the search. */
    private static boolean isOfTheJdkAlone(Class<?> keyType) {
        return keyType.getClassLoader() == null && Modifier.isFinal(keyType.getModifiers());
    }

    private static @Nullable KeyForm<?> find(ClassLoader application) {
        KeyForm<?> form = load(application);
        return form == null ? load(KeyForms.class.getClassLoader()) : form;
    }

    private static @Nullable KeyForm<?> load(@Nullable ClassLoader loader) {
        try {
            Object form = Class.forName(OF_ANNOTATIONS, true, loader)
                    .getDeclaredConstructor()
                    .newInstance();
            return form instanceof KeyForm<?> known ? known : null; // one of another Larder is none
        } catch (ReflectiveOperationException | LinkageError absent) {
            return null;
        }
    }
}
