import type { AxiosStatic } from "axios";

declare const axios: AxiosStatic;
export = axios;
