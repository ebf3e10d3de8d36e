package dev.larder.annotations.cdi;

import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Binds a method to the interceptor of the annotations of JSR-107. The extensions put it at each method that one of those is for; nobody else needs it.
 *
 * <p>The annotations themselves are no bindings: their members have values that differ, and say so in words of {@code javax} only, and CDI would not see those at
 * interfaces.
 */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface CacheIntercepted {}
