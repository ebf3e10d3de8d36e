package dev.larder.annotations.internal.run;

import dev.larder.annotations.internal.method.Interception;
import dev.larder.annotations.internal.method.MethodModel;
import dev.larder.annotations.internal.method.MethodModels;
import dev.larder.annotations.internal.region.RegionSettings;
import dev.larder.annotations.internal.region.RegionSource;
import dev.larder.annotations.internal.region.Regions;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheResolverFactory;
import org.jspecify.annotations.Nullable;

/** The operations of all methods that one set of settings is for. */
public final class Engine {

    private static final System.Logger LOGGER = System.getLogger(Engine.class.getName());

    private final Settings settings;
    private final StoredTypes types = new StoredTypes();
    private final ConcurrentMap<MethodModel, Operation> operations = new ConcurrentHashMap<>();

    /** Or a class would have others after they were collected, and its operations be made again. */
    private final Set<MethodModels> held = ConcurrentHashMap.newKeySet();

    private final Set<String> logged = ConcurrentHashMap.newKeySet();

    public Engine(Settings settings) {
        this.settings = settings;
    }

    /**
     * Returns what is to be done at the calls of a method, or null if it is not annotated.
     *
     * @param type the class of the target
     * @throws IllegalArgumentException if what the annotation says cannot be obeyed
     */
    public @Nullable Operation operation(Class<?> type, Method method) {
        MethodModels models = MethodModels.of(type);
        MethodModel model = models == null ? null : models.find(method);
        if (models == null || model == null) {
            return null;
        }
        Operation known = operations.get(model); // without the lock that the other may take
        if (known != null) {
            return known;
        }
        held.add(models);
        return operations.computeIfAbsent(model, this::make);
    }

    private Operation make(MethodModel model) {
        CacheResolverFactory factory = instance(CacheResolverFactory.class, model.resolverFactory());
        CacheKeyGenerator generator = instance(CacheKeyGenerator.class, model.keyGenerator());
        check(model);
        RegionSettings shared = settings.regions();
        RegionSource regions = Regions.of(model, factory, shared);
        Keys keys = Keys.of(model, generator, settings.bareKeys());
        return switch (model.rule().kind()) {
            case RESULT ->
                new ResultOperation(
                        model, regions, Regions.ofExceptions(model, factory, shared), keys, settings.singleFlight());
            case PUT -> new PutOperation(model, regions, keys);
            case REMOVE -> new RemoveOperation(model, regions, keys);
            case REMOVE_ALL -> new RemoveAllOperation(model, regions);
        };
    }

    private <T> @Nullable T instance(Class<T> none, Class<? extends T> type) {
        return type == none ? null : settings.instances().get(type);
    }

    private boolean isStrict() {
        return settings.regions().strict();
    }

    /**
     * Looks at all annotations of a class before the first call.
     *
     * @param interception what the container can intercept
     * @throws IllegalArgumentException if one cannot be obeyed, or, in strict mode, would have no effect; otherwise that is logged once
     */
    public void prepare(Class<?> type, Interception interception) {
        if (!MethodModels.anyIn(type)) {
            return;
        }
        List<String> without = interception.withoutEffect(type);
        if (!without.isEmpty() && isStrict()) {
            throw new IllegalArgumentException(String.join("; ", without));
        }
        without.stream().filter(logged::add).forEach(message -> LOGGER.log(Level.WARNING, message));
        for (Method method : interception.methods(type)) {
            MethodModel model = MethodModels.find(type, method);
            if (model != null) {
                check(model);
            }
        }
    }

    private void check(MethodModel model) {
        if (isStrict() && model.resolverFactory() == CacheResolverFactory.class) {
            types.add(model);
        }
    }
}
