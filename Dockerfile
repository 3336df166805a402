# The gateway, and each part of the demo beside it: one target each, which docker-compose.yml names.
#
#   docker build --target gateway -t gateway .
#   docker run --rm -p 8080:8080 -v ./my-config:/config:ro gateway
#   docker run --rm -v ./my-config:/config:ro gateway check /config

# ---- packages: made anew only when a project, a version or a lock file changes -----------------------------------------------

FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0 AS packages
WORKDIR /source
COPY Directory.Build.props Directory.Packages.props global.json ./
COPY Gateway.Api/Gateway.Api.csproj Gateway.Api/packages.lock.json Gateway.Api/
COPY samples/Directory.Build.props samples/
COPY samples/ServiceDefaults/ServiceDefaults.csproj samples/ServiceDefaults/packages.lock.json samples/ServiceDefaults/
COPY samples/Services/Cart/Cart.csproj samples/Services/Cart/packages.lock.json samples/Services/Cart/
COPY samples/Services/Payment/Payment.csproj samples/Services/Payment/packages.lock.json samples/Services/Payment/
COPY samples/Services/MyPage/MyPage.csproj samples/Services/MyPage/packages.lock.json samples/Services/MyPage/
COPY samples/Identity/Identity.csproj samples/Identity/packages.lock.json samples/Identity/
COPY samples/Spa/Spa.csproj samples/Spa/packages.lock.json samples/Spa/
RUN for project in Gateway.Api samples/Services/Cart samples/Services/Payment samples/Services/MyPage samples/Identity samples/Spa; do \
      dotnet restore $project --locked-mode || exit; \
    done

# ---- programs ----------------------------------------------------------------------------------------------------------------

FROM packages AS gateway-build
ARG TARGETARCH
COPY .editorconfig ./
COPY Gateway.Api Gateway.Api
# Compiled ahead for the processor it will run on, so that it is quick from its first request. What that takes besides the locked
# packages belongs to the SDK; the lock file, checked above, knows no processors.
RUN dotnet publish Gateway.Api --configuration Release --arch $TARGETARCH --property:NuGetLockFilePath=/tmp/packages.lock.json --output /out

FROM packages AS demo-build
COPY .editorconfig ./
COPY samples samples
RUN for project in Services/Cart Services/Payment Services/MyPage Identity Spa; do \
      dotnet publish samples/$project --configuration Release --no-restore --property:UseAppHost=false \
        --output /out/$(basename $project) || exit; \
    done; \
    mkdir /out/data

# ---- images ------------------------------------------------------------------------------------------------------------------

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS gateway
WORKDIR /app
COPY --from=gateway-build /out ./
USER $APP_UID
EXPOSE 8080 8081
HEALTHCHECK --interval=10s --timeout=10s --start-period=120s CMD ["/app/Gateway.Api", "healthcheck"]
ENTRYPOINT ["/app/Gateway.Api"]
CMD ["run", "--config", "/config"]

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS demo
WORKDIR /app
EXPOSE 8080

FROM demo AS cart
COPY --from=demo-build /out/Cart ./
COPY --from=demo-build --chown=$APP_UID:$APP_UID /out/data /data
USER $APP_UID
HEALTHCHECK --interval=10s --timeout=10s --start-period=120s CMD ["dotnet", "Cart.dll", "--healthcheck"]
ENTRYPOINT ["dotnet", "Cart.dll"]

FROM demo AS payment
COPY --from=demo-build /out/Payment ./
USER $APP_UID
HEALTHCHECK --interval=10s --timeout=10s --start-period=120s CMD ["dotnet", "Payment.dll", "--healthcheck"]
ENTRYPOINT ["dotnet", "Payment.dll"]

FROM demo AS mypage
COPY --from=demo-build /out/MyPage ./
USER $APP_UID
HEALTHCHECK --interval=10s --timeout=10s --start-period=120s CMD ["dotnet", "MyPage.dll", "--healthcheck"]
ENTRYPOINT ["dotnet", "MyPage.dll"]

FROM demo AS identity
COPY --from=demo-build /out/Identity ./
USER $APP_UID
HEALTHCHECK --interval=10s --timeout=10s --start-period=120s CMD ["dotnet", "Identity.dll", "--healthcheck"]
ENTRYPOINT ["dotnet", "Identity.dll"]

FROM demo AS spa
COPY --from=demo-build /out/Spa ./
USER $APP_UID
HEALTHCHECK --interval=10s --timeout=10s --start-period=120s CMD ["dotnet", "Spa.dll", "--healthcheck"]
ENTRYPOINT ["dotnet", "Spa.dll"]
