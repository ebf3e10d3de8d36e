package dev.larder.examples.boot;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.security.SpringSessionBackedSessionRegistry;

/** Everybody logs in, and who logs in again elsewhere is logged out where he was, on whatever instance that is. */
@Configuration(proxyBeanMethods = false)
class Security {

    @Bean
    SecurityFilterChain pages(HttpSecurity http, SessionRegistry sessions) throws Exception {
        return http.authorizeHttpRequests(pages -> pages.anyRequest().authenticated())
                .formLogin(Customizer.withDefaults())
                .sessionManagement(management ->
                        management.maximumSessions(1).sessionRegistry(sessions).expiredUrl("/login?expired"))
                .build();
    }

    @Bean
    <S extends Session> SessionRegistry sessionRegistry(FindByIndexNameSessionRepository<S> sessions) {
        return new SpringSessionBackedSessionRegistry<>(sessions);
    }

    /** For a sample; yours are in a database, with hashed passwords. */
    @Bean
    UserDetailsService users() {
        return new InMemoryUserDetailsManager(
                User.withUsername("alice")
                        .password("{noop}wonderland")
                        .roles("USER")
                        .build(),
                User.withUsername("bob").password("{noop}builder").roles("USER").build());
    }
}
