package dev.larder.annotations.internal.method;

import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.cache.annotation.CacheDefaults;
import org.jspecify.annotations.Nullable;

/** The models of a class's methods, each made when it is first asked for. */
public final class MethodModels {

    /**
     * Empty for classes without annotations. Weak, since classes can outlive this class's loader, those of the JDK or of a library that applications share, and are
     * not to hold it; whoever needs the same models again holds them himself.
     */
    private static final ClassValue<Optional<WeakReference<MethodModels>>> OF_CLASSES = new ClassValue<>() {
        @Override
        protected Optional<WeakReference<MethodModels>> computeValue(Class<?> type) {
            Hierarchy hierarchy = new Hierarchy(type);
            return hierarchy.types().stream().anyMatch(MethodModels::isAnnotated)
                    ? Optional.of(new WeakReference<>(new MethodModels(hierarchy)))
                    : Optional.empty();
        }
    };

    private final Hierarchy hierarchy;
    private final ConcurrentMap<Method, Found> models = new ConcurrentHashMap<>();

    /** A model, or that there is none. */
    private record Found(@Nullable MethodModel model) {}

    private MethodModels(Hierarchy hierarchy) {
        this.hierarchy = hierarchy;
    }

    private static boolean isAnnotated(Class<?> type) {
        return Rule.of(type) != null
                || Arrays.stream(type.getDeclaredMethods()).anyMatch(method -> Rule.of(method) != null);
    }

    /** Returns those of a class, or null if there is no annotation in it or above it. */
    public static @Nullable MethodModels of(Class<?> type) {
        for (; ; ) {
            Optional<WeakReference<MethodModels>> known = OF_CLASSES.get(type);
            MethodModels models = known.isPresent() ? known.get().get() : null;
            if (models != null || known.isEmpty()) {
                return models;
            }
            OF_CLASSES.remove(type);
        }
    }

    /**
     * Returns that of a method as a class has it, or null if no annotation is for it.
     *
     * @param method one of the class's or of what is above it; bridges too
     * @throws IllegalArgumentException if the annotation cannot be obeyed
     */
    public static @Nullable MethodModel find(Class<?> type, Method method) {
        MethodModels models = of(type);
        return models == null ? null : models.find(method);
    }

    /** Whether there is an annotation in a class or above it. */
    public static boolean anyIn(Class<?> type) {
        return OF_CLASSES.get(type).isPresent();
    }

    /**
     * Returns that of a method, the same as long as this is held, or null if no annotation is for it.
     *
     * @throws IllegalArgumentException if the annotation cannot be obeyed
     */
    public @Nullable MethodModel find(Method method) {
        Found found = models.get(method);
        if (found == null) {
            found = new Found(read(method));
            Found first = models.putIfAbsent(method, found);
            found = first == null ? found : first;
        }
        return found.model();
    }

    private @Nullable MethodModel read(Method method) {
        List<Method> declarations = hierarchy.declarationsOf(method);
        for (Method declaration : declarations) {
            Rule rule = Rule.of(declaration);
            if (rule != null) {
                return model(declaration, rule, declaration.getDeclaringClass());
            }
        }
        return declarations.isEmpty() ? null : readClasses(declarations);
    }

    /** An annotation at a class is for each method that the class has or inherits, if it can be. */
    private @Nullable MethodModel readClasses(List<Method> declarations) {
        for (Class<?> type : hierarchy.types()) {
            Rule rule = Rule.of(type);
            if (rule != null) {
                for (Method declaration : declarations) {
                    if (declaration.getDeclaringClass().isAssignableFrom(type) && canBeMeant(declaration, rule)) {
                        return model(declaration, rule, type);
                    }
                }
            }
        }
        return null;
    }

    private static boolean canBeMeant(Method declaration, Rule rule) {
        if (!Modifier.isPublic(declaration.getModifiers()) || isOfObject(declaration)) {
            return false;
        }
        return switch (rule.kind()) {
            case RESULT -> declaration.getReturnType() != void.class;
            case PUT -> ParameterModel.of(declaration).stream().anyMatch(ParameterModel::isValue);
            case REMOVE, REMOVE_ALL -> true;
        };
    }

    private static boolean isOfObject(Method method) {
        return Arrays.stream(Object.class.getDeclaredMethods())
                .anyMatch(other -> other.getName().equals(method.getName())
                        && Arrays.equals(other.getParameterTypes(), method.getParameterTypes()));
    }

    private MethodModel model(Method declaration, Rule rule, Class<?> annotated) {
        return new MethodModel(declaration, rule, defaultsFor(annotated), hierarchy.variables());
    }

    /** Those of the types that have what an annotation of this one says from it, then of those it has something from; an interface that stands beside it comes last. */
    private @Nullable CacheDefaults defaultsFor(Class<?> annotated) {
        return Stream.<Predicate<Class<?>>>of(
                        annotated::isAssignableFrom, type -> type.isAssignableFrom(annotated), type -> true)
                .flatMap(wanted -> hierarchy.types().stream().filter(wanted))
                .map(type -> type.getDeclaredAnnotation(CacheDefaults.class))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
