package dev.larder.annotations.container;

import dev.larder.annotations.cdi.CacheAnnotationsBuildExtension;
import jakarta.enterprise.inject.build.compatible.spi.BeanInfo;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.ClassConfig;
import jakarta.enterprise.inject.build.compatible.spi.Discovery;
import jakarta.enterprise.inject.build.compatible.spi.Enhancement;
import jakarta.enterprise.inject.build.compatible.spi.Registration;
import jakarta.enterprise.inject.build.compatible.spi.ScannedClasses;
import jakarta.enterprise.inject.build.compatible.spi.Synthesis;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticComponents;

/**
 * The build-compatible extension, without the annotation by which it stands back for the portable one: Weld, which runs both kinds, skips each that has it, whether the other is there or not.
 */
public class LiteExtension implements BuildCompatibleExtension {

    private final CacheAnnotationsBuildExtension tested = new CacheAnnotationsBuildExtension();

    /** For the container. */
    public LiteExtension() {}

    /** Hands it on. */
    @Discovery
    public void addOwnBeans(ScannedClasses classes) {
        tested.addOwnBeans(classes);
    }

    /** Hands it on. */
    @Enhancement(types = Object.class, withSubtypes = true)
    public void bind(ClassConfig type) {
        tested.bind(type);
    }

    /** Hands it on. */
    @Registration(types = Object.class)
    public void note(BeanInfo bean) {
        tested.note(bean);
    }

    /** Hands it on. */
    @Synthesis
    public void check(SyntheticComponents components) {
        tested.check(components);
    }
}
