package dev.larder.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Registers a {@link LarderSessionFilter} in front of all other filters, if the context parameter {@code larder.sessions} says
 * for which URL pattern, for example {@code /*}. Other context parameters that begin with {@code larder.sessions.} become init
 * parameters of the filter, without that. Containers find this class by themselves.
 */
public final class LarderSessionInitializer implements ServletContainerInitializer {

    private static final String PARAMETER = "larder.sessions";
    private static final String PREFIX = PARAMETER + ".";
    private static final String FILTER = "larderSessions";

    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) {
        String pattern = context.getInitParameter(PARAMETER);
        if (pattern == null) {
            return;
        }
        FilterRegistration.Dynamic filter = context.addFilter(FILTER, LarderSessionFilter.class);
        if (filter == null) { // web.xml has one of the name
            return;
        }
        filter.setInitParameters(parameters(context));
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, pattern);
    }

    private static Map<String, String> parameters(ServletContext context) {
        Map<String, String> parameters = new HashMap<>();
        for (String name : Collections.list(context.getInitParameterNames())) {
            if (name.startsWith(PREFIX)) {
                parameters.put(name.substring(PREFIX.length()), context.getInitParameter(name));
            }
        }
        return parameters;
    }
}
