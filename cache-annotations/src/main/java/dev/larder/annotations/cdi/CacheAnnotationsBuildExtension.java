package dev.larder.annotations.cdi;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.build.compatible.spi.BeanInfo;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.ClassConfig;
import jakarta.enterprise.inject.build.compatible.spi.Discovery;
import jakarta.enterprise.inject.build.compatible.spi.Enhancement;
import jakarta.enterprise.inject.build.compatible.spi.MethodConfig;
import jakarta.enterprise.inject.build.compatible.spi.Registration;
import jakarta.enterprise.inject.build.compatible.spi.ScannedClasses;
import jakarta.enterprise.inject.build.compatible.spi.SkipIfPortableExtensionPresent;
import jakarta.enterprise.inject.build.compatible.spi.Synthesis;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticComponents;
import jakarta.enterprise.lang.model.AnnotationTarget;
import jakarta.enterprise.lang.model.declarations.ClassInfo;
import jakarta.enterprise.lang.model.declarations.MethodInfo;
import java.lang.annotation.Annotation;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;

/**
 * Puts the annotations of JSR-107 in force in CDI Lite, where classes are looked at while an application is built. It may bind a method too many, one that has the name of an annotated one; the
 * interceptor, which knows better, then only calls it.
 */
@SkipIfPortableExtensionPresent(CacheAnnotationsExtension.class)
public class CacheAnnotationsBuildExtension implements BuildCompatibleExtension {

    private static final List<Class<? extends Annotation>> ANNOTATIONS =
            List.of(CacheResult.class, CachePut.class, CacheRemove.class, CacheRemoveAll.class);

    private final Set<String> annotated = new HashSet<>();
    private final Set<ClassInfo> beans = new LinkedHashSet<>();

    /** Adds the interceptor and what it needs. */
    @Discovery
    public void addOwnBeans(ScannedClasses classes) {
        classes.add(CacheInterceptor.class.getName());
        classes.add(CdiCacheAnnotations.class.getName());
    }

    /** Binds the methods of a class. */
    @Enhancement(types = Object.class, withSubtypes = true)
    public void bind(ClassConfig type) {
        if (type.info().isInterface()) {
            return;
        }
        List<ClassInfo> above = new ArrayList<>();
        addWithAbove(type.info(), above);
        boolean all = above.stream().anyMatch(CacheAnnotationsBuildExtension::isAnnotated);
        if (all || above.stream().anyMatch(CacheAnnotationsBuildExtension::hasAnnotatedMethod)) {
            annotated.add(type.info().name());
        }
        for (MethodConfig method : type.methods()) {
            if (isOverridable(method.info()) && (all || isAnnotated(method.info(), above))) {
                method.addAnnotation(CacheIntercepted.class);
            }
        }
    }

    /** Notes a bean that has annotations. */
    @Registration(types = Object.class)
    public void note(BeanInfo bean) {
        if (bean.isClassBean() && annotated.contains(bean.declaringClass().name())) {
            beans.add(bean.declaringClass());
        }
    }

    /** Has the annotations of the beans looked at when the application starts, before which nobody can know how. */
    @Synthesis
    public void check(SyntheticComponents components) {
        if (!beans.isEmpty()) {
            components
                    .addBean(AnnotatedBeans.class)
                    .type(AnnotatedBeans.class)
                    .scope(Dependent.class)
                    .withParam(AnnotatedBeans.Creator.TYPES, beans.toArray(ClassInfo[]::new))
                    .createWith(AnnotatedBeans.Creator.class);
        }
    }

    private static boolean hasAnnotatedMethod(ClassInfo type) {
        return type.methods().stream().anyMatch(CacheAnnotationsBuildExtension::isAnnotated);
    }

    private static void addWithAbove(ClassInfo type, List<ClassInfo> types) {
        if (type.name().equals(Object.class.getName())) {
            return;
        }
        types.add(type);
        ClassInfo superclass = type.superClassDeclaration();
        if (superclass != null) {
            addWithAbove(superclass, types);
        }
        type.superInterfacesDeclarations().forEach(each -> addWithAbove(each, types));
    }

    private static boolean isOverridable(MethodInfo method) {
        return !method.isStatic() && !method.isFinal() && !Modifier.isPrivate(method.modifiers());
    }

    /** By name alone: Weld 5 and 6 cannot tell the parameters of a method of another class than that of the bean. */
    private static boolean isAnnotated(MethodInfo method, List<ClassInfo> types) {
        return types.stream()
                .flatMap(type -> type.methods().stream())
                .anyMatch(other -> other.name().equals(method.name()) && isAnnotated(other));
    }

    private static boolean isAnnotated(AnnotationTarget target) {
        return ANNOTATIONS.stream().anyMatch(target::hasAnnotation);
    }
}
