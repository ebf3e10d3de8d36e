package dev.larder.annotations.cases;

import dev.larder.annotations.key.ParametersKey;
import java.lang.annotation.Annotation;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheKeyInvocationContext;
import javax.cache.annotation.GeneratedCacheKey;

/** Keys of the first letter only. */
public class FirstLetter implements CacheKeyGenerator {

    @Override
    public GeneratedCacheKey generateCacheKey(CacheKeyInvocationContext<? extends Annotation> context) {
        return ParametersKey.of(
                String.valueOf(context.getKeyParameters()[0].getValue()).substring(0, 1));
    }
}
