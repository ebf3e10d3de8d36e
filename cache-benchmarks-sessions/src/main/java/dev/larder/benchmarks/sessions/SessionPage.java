package dev.larder.benchmarks.sessions;

import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import javax.cache.CacheManager;
import javax.cache.Caching;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A page that shows what is in the session, and one that fills it: a name, a language, a cart of twenty lines. */
@SpringBootApplication(proxyBeanMethods = false)
@RestController
class SessionPage {

    private static final String LARDER = "dev.larder.jcache.provider.LarderCachingProvider";
    private static final int LINES = 20;

    record Line(String article, int count, long cents) implements Serializable {}

    @Bean
    @ConditionalOnProperty("larder.session.enabled")
    CacheManager cacheManager(ApplicationContext application) {
        return Caching.getCachingProvider(LARDER)
                .getCacheManager(URI.create("classpath:larder-sessions.json"), application.getClassLoader());
    }

    @GetMapping("/fill")
    String fill(HttpSession session) {
        List<Line> cart = new ArrayList<>();
        for (int i = 0; i < LINES; i++) {
            cart.add(new Line("article number " + i, i, 100L * i));
        }
        session.setAttribute("name", "Alice");
        session.setAttribute("language", "en");
        session.setAttribute("cart", cart);
        return "filled";
    }

    @GetMapping("/")
    String show(HttpSession session) {
        int lines = session.getAttribute("cart") instanceof List<?> cart ? cart.size() : 0;
        return session.getAttribute("name") + " reads " + session.getAttribute("language") + " and has " + lines;
    }
}
