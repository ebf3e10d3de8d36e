package dev.larder.annotations.internal.run;

import dev.larder.annotations.internal.method.MethodModel;
import dev.larder.annotations.internal.region.Region;
import dev.larder.annotations.internal.region.RegionSource;
import dev.larder.annotations.spi.Invoker;
import org.jspecify.annotations.Nullable;

/** What is done at the calls of one annotated method. */
public abstract sealed class Operation permits ResultOperation, ChangeOperation {

    private final MethodModel method;
    private final RegionSource regions;

    Operation(MethodModel method, RegionSource regions) {
        this.method = method;
        this.regions = regions;
    }

    /**
     * Does it.
     *
     * @param arguments changed by nobody afterwards: they become part of keys
     * @return what the caller gets
     * @throws Throwable what the method threw
     */
    public final @Nullable Object run(Object target, @Nullable Object[] arguments, Invoker invoker) throws Throwable {
        Call call = new Call(method, target, arguments, invoker);
        Region region = regions.known();
        if (region == null) {
            region = regions.resolve(call);
        }
        return region == null ? call.proceed() : run(call, region);
    }

    abstract @Nullable Object run(Call call, Region region) throws Throwable;

    final MethodModel method() {
        return method;
    }
}
