package dev.larder.annotations.internal.method;

import dev.larder.annotations.extra.Tags;
import dev.larder.annotations.extra.Ttl;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheMethodDetails;
import javax.cache.annotation.CacheResolverFactory;
import org.jspecify.annotations.Nullable;

/** All that annotations say of a method, with the defaults of its class. Equal only to itself. */
public final class MethodModel implements CacheMethodDetails<Annotation> {

    private final Method declaration;
    private final Rule rule;
    private final @Nullable CacheDefaults defaults;
    private final List<ParameterModel> parameters;
    private final List<ParameterModel> keyParameters;
    private final @Nullable ParameterModel valueParameter;
    private final ResultShape shape;
    private final String stored;

    /**
     * Reads the declaration that carries the annotation, or whose class does.
     *
     * @throws IllegalArgumentException if what stands there cannot be obeyed
     */
    MethodModel(Method declaration, Rule rule, @Nullable CacheDefaults defaults, TypeVariables variables) {
        this.declaration = declaration;
        this.rule = rule;
        this.defaults = defaults;
        this.parameters = ParameterModel.of(declaration);
        refuseMistakenParameters();
        this.keyParameters = keysOf(parameters);
        this.valueParameter = rule.kind() == Kind.PUT ? valueOf(parameters) : null;
        this.shape = shapeOf(variables);
        refuseExceptionsAmongResults();
        this.stored = variables.nameOf(valueParameter == null ? shape.content() : contentOf(valueParameter, variables));
    }

    private void refuseMistakenParameters() {
        if (rule.kind() != Kind.PUT && parameters.stream().anyMatch(ParameterModel::isValue)) {
            throw new IllegalArgumentException(
                    declaration + " has no use for @CacheValue, which is for @CachePut: " + rule.annotation());
        }
        int last = parameters.size() - 1;
        if (last >= 0 && parameters.get(last).type().getName().equals("kotlin.coroutines.Continuation")) {
            throw new IllegalArgumentException(declaration + " is a suspend function of Kotlin, whose result comes"
                    + " otherwise than by its return; annotate a function that returns a CompletableFuture");
        }
    }

    private void refuseExceptionsAmongResults() {
        if (!rule.exceptionCacheName().isEmpty() && rule.exceptionCacheName().equals(getCacheName())) {
            throw new IllegalArgumentException(declaration + " would keep its exceptions among its results in cache \""
                    + getCacheName() + "\"; give exceptionCacheName another");
        }
    }

    private ResultShape shapeOf(TypeVariables variables) {
        try {
            if (rule.kind() == Kind.RESULT && declaration.getReturnType() == void.class) {
                throw new IllegalArgumentException("there is no result to be cached");
            }
            return ResultShape.of(declaration.getGenericReturnType(), variables);
        } catch (IllegalArgumentException e) {
            if (rule.kind() != Kind.RESULT) {
                return new ResultShape(false, false, declaration.getReturnType());
            }
            throw new IllegalArgumentException(declaration + ": " + e.getMessage(), e);
        }
    }

    private Type contentOf(ParameterModel parameter, TypeVariables variables) {
        Type type = declaration.getGenericParameterTypes()[parameter.position()];
        return parameter.type() == Optional.class
                ? ResultShape.of(type, variables).content()
                : type;
    }

    private static List<ParameterModel> keysOf(List<ParameterModel> parameters) {
        List<ParameterModel> marked =
                parameters.stream().filter(ParameterModel::isKey).toList();
        return marked.isEmpty()
                ? parameters.stream().filter(parameter -> !parameter.isValue()).toList()
                : marked;
    }

    private ParameterModel valueOf(List<ParameterModel> all) {
        List<ParameterModel> values =
                all.stream().filter(ParameterModel::isValue).toList();
        if (values.size() == 1) {
            return values.get(0);
        }
        if (values.isEmpty() && all.size() == 1) {
            throw new IllegalArgumentException(declaration + " needs a key beside the value that it puts");
        }
        throw new IllegalArgumentException(
                declaration + " is to put something into a cache: exactly one parameter needs" + " @CacheValue, and "
                        + values.size() + " have it");
    }

    public Rule rule() {
        return rule;
    }

    public List<ParameterModel> parameters() {
        return parameters;
    }

    public List<ParameterModel> keyParameters() {
        return keyParameters;
    }

    /** Returns the parameter that is put; there is one for {@link Kind#PUT} alone. */
    public @Nullable ParameterModel valueParameter() {
        return valueParameter;
    }

    public ResultShape shape() {
        return shape;
    }

    /** Returns the name of the type of what the method stores: of its result, its parameter, or the content of these. */
    public String stored() {
        return stored;
    }

    /** Returns the key generator's class, or {@link CacheKeyGenerator} itself if none is named. */
    public Class<? extends CacheKeyGenerator> keyGenerator() {
        return rule.keyGenerator() == CacheKeyGenerator.class && defaults != null
                ? defaults.cacheKeyGenerator()
                : rule.keyGenerator();
    }

    /** Returns the resolver factory's class, or {@link CacheResolverFactory} itself if none is named. */
    public Class<? extends CacheResolverFactory> resolverFactory() {
        return rule.resolverFactory() == CacheResolverFactory.class && defaults != null
                ? defaults.cacheResolverFactory()
                : rule.resolverFactory();
    }

    public @Nullable Ttl ttl() {
        return declaration.getDeclaredAnnotation(Ttl.class);
    }

    public @Nullable Tags tags() {
        return declaration.getDeclaredAnnotation(Tags.class);
    }

    /** Returns the method that carries the annotation: in the class, above it, or in an interface. */
    @Override
    public Method getMethod() {
        return declaration;
    }

    @Override
    public Set<Annotation> getAnnotations() {
        return Set.of(declaration.getDeclaredAnnotations());
    }

    @Override
    public Annotation getCacheAnnotation() {
        return rule.annotation();
    }

    /** Returns the name that the annotation says, or else that of {@code @CacheDefaults}, or else {@code package.Class.method(package.Type)}. */
    @Override
    public String getCacheName() {
        if (!rule.cacheName().isEmpty()) {
            return rule.cacheName();
        }
        return defaults != null && !defaults.cacheName().isEmpty() ? defaults.cacheName() : nameOf(declaration);
    }

    private static String nameOf(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(Class::getName)
                .collect(Collectors.joining(
                        ",", method.getDeclaringClass().getName() + "." + method.getName() + "(", ")"));
    }

    @Override
    public String toString() {
        return rule.annotation() + " at " + declaration;
    }
}
