package dev.larder.annotations.cdi;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.build.compatible.spi.Parameters;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticBeanCreator;
import java.util.List;

/**
 * What CDI Lite found while the application was built, to be looked at when it starts; a bean, and there only then.
 *
 * @param types the classes of beans with annotations
 */
public record AnnotatedBeans(List<Class<?>> types) {

    /** Makes the bean, at the start. */
    public static class Creator implements SyntheticBeanCreator<AnnotatedBeans> {

        /** The parameter with the classes. */
        static final String TYPES = "types";

        /** For the container. */
        public Creator() {}

        @Override
        public AnnotatedBeans create(Instance<Object> lookup, Parameters parameters) {
            return new AnnotatedBeans(List.of(parameters.get(TYPES, Class[].class)));
        }
    }
}
