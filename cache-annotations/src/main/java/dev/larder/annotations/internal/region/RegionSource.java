package dev.larder.annotations.internal.region;

import java.lang.annotation.Annotation;
import javax.cache.annotation.CacheInvocationContext;
import org.jspecify.annotations.Nullable;

/** Where an annotated method finds its cache. */
public interface RegionSource {

    /**
     * Returns it if it is always the same and known, without a look at the call; null if {@link #resolve} must be asked.
     */
    @Nullable
    Region known();

    /** Returns that of a call, or null if it could not be had and the method is to do without. */
    @Nullable
    Region resolve(CacheInvocationContext<? extends Annotation> context);
}
